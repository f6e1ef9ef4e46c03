"""Paces kept by this process alone: what is left of them while Valkey is away."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from application.external_books.ports import PaceTerms

A_MINUTE: Final = 60.0
A_DAY: Final = 24 * 60 * 60.0
MOST_KEYS: Final = 10_000  # some 2 MB; then the oldest is forgotten


@dataclass(slots=True)
class _Going:
    due: float  # when the next regular turn comes
    day_ends: float
    taken: int = 0  # this day
    rests_until: float = 0.0


class PaceInProcess:
    """The `Pace` port in memory: one theoretical arrival time for each name (GCRA), and the day's count."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._going: dict[str, _Going] = {}

    async def take(self, whose: str, terms: PaceTerms) -> float:
        """See the port."""
        now, going = self._seconds(), self._of(whose)
        if going.day_ends <= now:
            going.day_ends, going.taken = now + A_DAY, 0
        interval, due = A_MINUTE / terms.a_minute, max(going.due, now)
        wait = max(due - now - interval * (terms.at_once - 1), going.rests_until - now)
        if terms.a_day is not None and going.taken >= terms.a_day:
            wait = max(wait, going.day_ends - now)
        if wait > 0:
            return wait
        going.due, going.taken = due + interval, going.taken + 1
        return 0.0

    async def rest(self, whose: str, seconds: float) -> None:
        """See the port."""
        going = self._of(whose)
        going.rests_until = max(going.rests_until, self._seconds() + seconds)

    def _of(self, whose: str) -> _Going:
        if whose not in self._going:
            now = self._seconds()
            self._going[whose] = _Going(now, now + A_DAY)
            if len(self._going) > MOST_KEYS:
                del self._going[next(iter(self._going))]
        return self._going[whose]
