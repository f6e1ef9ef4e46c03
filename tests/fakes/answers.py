"""Answers that processes share, in memory."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from application.shared.answers import NO_STORE, Answer, Spot
from application.shared.unavailable import CacheUnavailable


@dataclass
class _Shared:
    answer: Answer
    asked: int
    until: float


class InMemorySharedAnswers:
    """The `SharedAnswers` port, for any number of processes; `lost` is like a store that is away."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._there: dict[bytes, _Shared] = {}
        self._asking: dict[bytes, str] = {}
        self._changed: dict[str, int] = {}
        self._ears: list[Callable[[frozenset[str]], None]] = []
        self._turn = 0
        self._times: list[float] = [clock()]
        self.lost = False

    async def find(self, question: bytes, *, oldest: float, early: float) -> Spot:
        if self.lost:
            return NO_STORE
        ticket, there = str(self._next()), self._there.get(question)
        age = self._clock() - self._times[there.asked] if there else 0.0
        if there and (age > oldest or self._clock() >= there.until or self._untrue(there)):
            there = None
        ours = (there is None or age >= early) and self._asking.setdefault(question, ticket) == ticket
        return Spot(there.answer if there else None, age if there else 0.0, ours=ours, ticket=ticket)

    async def keep(self, question: bytes, answer: Answer, ticket: str, seconds: float) -> None:
        there = self._there.get(question)
        if not self.lost and (there is None or there.asked < int(ticket)):
            self._there[question] = _Shared(answer, int(ticket), self._clock() + seconds)
        await self.leave(question, ticket)

    async def leave(self, question: bytes, ticket: str) -> None:
        if self._asking.get(question) == ticket:
            del self._asking[question]

    async def forget(self, tags: Collection[str]) -> None:
        if self.lost:
            raise CacheUnavailable("Lost.")
        turn = self._next()
        for tag in tags or ("*",):
            self._changed[tag] = turn
        for heard in self._ears:
            heard(frozenset(tags))

    @asynccontextmanager
    async def listening(self, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
        heard(frozenset())
        self._ears.append(heard)
        try:
            yield
        finally:
            self._ears.remove(heard)

    def _next(self) -> int:
        self._turn += 1
        self._times.append(self._clock())
        return self._turn

    def _untrue(self, there: _Shared) -> bool:
        return any(self._changed.get(tag, 0) >= there.asked for tag in (*there.answer.tags, "*"))
