"""The health of stores as this process alone knows it: what is left of it while Valkey is away."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from application.prices.store_health import (
    BUCKET,
    ENOUGH_PROBES,
    FAILING,
    ISOLATED_FOR,
    LONGEST_PAUSE,
    ODD,
    PAUSE,
    SLOW,
    SLOW_AFTER,
    STEP,
    USUAL,
    WINDOW,
    Admission,
    Patience,
    Report,
    StoreState,
)
from domain.prices.offer import StoreName

LONG_AGO: Final = float("-inf")


@dataclass(slots=True)
class Counts:
    """Of some seconds."""

    calls: int = 0
    failed: int = 0
    slow: int = 0
    quotes: int = 0
    odd: int = 0

    def add(self, other: "Counts") -> None:
        """Both together."""
        self.calls += other.calls
        self.failed += other.failed
        self.slow += other.slow
        self.quotes += other.quotes
        self.odd += other.odd

    def are_bad(self, enough: int) -> bool:
        """Whether it should be left in peace."""
        if self.quotes >= enough and self.odd > ODD * self.quotes:
            return True
        return self.calls >= enough and (
            self.failed >= FAILING * self.calls or self.slow >= SLOW * self.calls
        )


@dataclass(slots=True)
class AtStore:
    """Times are seconds on a clock that never goes back."""

    state: StoreState = StoreState.CLOSED
    turn: int = 0  # of the state
    until: float = 0.0  # that long nobody asks
    pauses: int = 0  # in a row
    closed_at: float = LONG_AGO
    probe: str = ""
    probe_until: float = 0.0
    proofs: int = 0  # probes in a row that did well
    usual: float | None = None
    buckets: dict[int, Counts] = field(default_factory=dict)

    def turn_to(self, state: StoreState) -> StoreState:
        """What was counted before means nothing any more."""
        self.state, self.turn, self.probe, self.proofs = state, self.turn + 1, "", 0
        self.buckets.clear()
        return state

    def open(self, now: float, stretch: float) -> StoreState:
        """Twice as long as the last time, if that was just now."""
        again = self.state is StoreState.HALF_OPEN or now - self.closed_at < WINDOW
        self.pauses = self.pauses + 1 if again else 1
        self.until = now + min(LONGEST_PAUSE, PAUSE * 2 ** (self.pauses - 1)) * stretch
        return self.turn_to(StoreState.OPEN)

    def counted(self, now: float, counts: Counts) -> Counts:
        """With these, in the window that ends now."""
        current, sums = int(now // BUCKET), Counts()
        self.buckets.setdefault(current, Counts()).add(counts)
        for bucket in list(self.buckets):
            if bucket <= current - WINDOW // BUCKET:
                del self.buckets[bucket]
            else:
                sums.add(self.buckets[bucket])
        return sums

    def learn(self, seconds: float) -> None:
        """What is usual."""
        if self.usual is None:
            self.usual = seconds
        elif seconds > self.usual:
            self.usual *= 1 + STEP * USUAL
        else:
            self.usual *= 1 - STEP * (1 - USUAL)


class HealthInProcess:
    """The `StoreHealth` port in memory."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._stores: defaultdict[StoreName, AtStore] = defaultdict(AtStore)
        self._probes = count(1)

    async def admit(self, store: StoreName, probe_for: float) -> Admission:
        """See the port."""
        now, at = self._seconds(), self._stores[store]
        if at.state is StoreState.CLOSED:
            return Admission(True, at.state, f"{at.turn}:", usual=at.usual)
        half_open = at.state is StoreState.HALF_OPEN
        wait = (at.probe_until if half_open and at.probe else 0.0 if half_open else at.until) - now
        if wait > 0:
            return Admission(False, at.state, "", wait, at.usual)
        turned = None if half_open else at.turn_to(StoreState.HALF_OPEN)
        at.probe, at.probe_until = str(next(self._probes)), now + probe_for
        return Admission(True, at.state, f"{at.turn}:{at.probe}", usual=at.usual, turned=turned)

    async def report(
        self, store: StoreName, ticket: str, report: Report, patience: Patience
    ) -> StoreState | None:
        """See the port."""
        now, at = self._seconds(), self._stores[store]
        turn, _, probe = ticket.partition(":")
        if turn != str(at.turn):
            return None
        if report.refused:
            at.until = now + ISOLATED_FOR
            return at.turn_to(StoreState.ISOLATED)
        if probe != at.probe:
            return None
        slow = report.seconds > max(SLOW_AFTER, 2 * (at.usual or 0.0))
        one = Counts(1, int(report.failed), int(slow), report.quotes, report.odd)
        if at.state is StoreState.HALF_OPEN:
            return self._proved(at, now, patience, well=not slow and not one.are_bad(1))
        if not report.failed and not slow:
            at.learn(report.seconds)
        return at.open(now, patience.stretch) if at.counted(now, one).are_bad(patience.calls) else None

    async def give_back(self, store: StoreName, ticket: str) -> None:
        """See the port."""
        at = self._stores[store]
        if ticket == f"{at.turn}:{at.probe}":
            at.probe = ""

    async def readmit(self, store: StoreName) -> StoreState | None:
        """See the port."""
        at = self._stores[store]
        if at.state is StoreState.CLOSED:
            return None
        at.pauses, at.closed_at = 0, LONG_AGO
        return at.turn_to(StoreState.CLOSED)

    def _proved(self, at: AtStore, now: float, patience: Patience, *, well: bool) -> StoreState | None:
        if not well:
            return at.open(now, patience.stretch)
        at.probe, at.proofs = "", at.proofs + 1
        if at.proofs < ENOUGH_PROBES:
            return None
        at.closed_at = now
        return at.turn_to(StoreState.CLOSED)
