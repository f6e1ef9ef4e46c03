"""A circuit breaker: who keeps failing is left in peace for a while, and whoever asked need not wait."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

T = TypeVar("T")


class BreakerState(StrEnum):
    """Closed lets everybody through, open nobody, half-open a single one who finds out."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class CircuitOpen(Exception):
    """It was not asked at all; `retry_after` seconds from now somebody may find out how it does."""

    def __init__(self, breaker: str, retry_after: float) -> None:
        super().__init__(f"{breaker} is left in peace for another {retry_after:.1f} s.")
        self.breaker = breaker
        self.retry_after = retry_after


class BreakerWatch(Protocol):
    """Hears what breakers do. Calls are cheap and never fail."""

    def breaker_turned(self, breaker: str, state: str) -> None:
        """The breaker of that name is in that `BreakerState` from now on."""
        ...

    def breaker_refused(self, breaker: str) -> None:
        """Somebody was not let through."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerTerms:
    """`failures` in a row open it, and an answer slower than `slow_after` seconds is one; after `open_for`
    seconds one caller may try.
    """

    failures: int
    slow_after: float
    open_for: float


class CircuitBreaker:
    """Stands before one thing that may be slow or gone; each process has its own. Whoever asks through it
    must bound the asking: a breaker ends nothing that has begun.
    """

    def __init__(
        self,
        name: str,
        terms: BreakerTerms,
        *,
        failures: tuple[type[Exception], ...],
        seconds: Callable[[], float],
        watch: BreakerWatch,
    ) -> None:
        """`failures` are the errors that tell it is unwell; any other one is an answer like any other.
        `seconds` is a clock that never goes back.
        """
        self.name = name
        self._terms = terms
        self._failures = failures
        self._seconds = seconds
        self._watch = watch
        self._state = BreakerState.CLOSED
        self._failed = 0  # in a row
        self._since = 0.0  # when it was opened, or its probe set out
        self._turn = 0  # of the state: what began before the last turn has nothing to say any more

    @property
    def state(self) -> BreakerState:
        """As the last caller left it: an open breaker turns half-open only when somebody asks."""
        return self._state

    async def call(self, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` answers or raises. Raises `CircuitOpen`, without asking, while it is left in peace."""
        turn = self._admit()
        began = self._seconds()
        try:
            answer = await ask()
        except self._failures:
            self._note(turn, failed=True)
            raise
        except Exception:
            self._note(turn, failed=self._slow(began))
            raise
        except BaseException:  # the caller went away: after a long wait that tells enough
            if self._slow(began):
                self._note(turn, failed=True)
            else:
                self._abandon(turn)
            raise
        self._note(turn, failed=self._slow(began))
        return answer

    def _admit(self) -> int:
        if self._state is BreakerState.CLOSED:
            return self._turn
        # A probe that never comes back must not keep the door shut for ever: it has as long as the pause.
        wait = self._since + self._terms.open_for - self._seconds()
        if wait > 0:
            self._watch.breaker_refused(self.name)
            raise CircuitOpen(self.name, wait)
        self._turn_to(BreakerState.HALF_OPEN)
        return self._turn

    def _slow(self, began: float) -> bool:
        return self._seconds() - began > self._terms.slow_after

    def _note(self, turn: int, *, failed: bool) -> None:
        if turn != self._turn:
            return
        self._failed = self._failed + 1 if failed else 0
        if self._state is BreakerState.HALF_OPEN:
            self._turn_to(BreakerState.OPEN if failed else BreakerState.CLOSED)
        elif self._failed >= self._terms.failures:
            self._turn_to(BreakerState.OPEN)

    def _abandon(self, turn: int) -> None:
        """Nothing was learnt: the next caller may find out."""
        if turn == self._turn and self._state is BreakerState.HALF_OPEN:
            self._since -= self._terms.open_for

    def _turn_to(self, state: BreakerState) -> None:
        if state is not self._state:
            self._watch.breaker_turned(self.name, state)
        self._state, self._since, self._turn, self._failed = state, self._seconds(), self._turn + 1, 0
