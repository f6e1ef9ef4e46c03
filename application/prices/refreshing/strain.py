"""Keeping prices fresh is the first thing that a strained shop leaves off."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

from application.outbox.ports import Outbox
from application.shared.unavailable import CacheUnavailable, DatabaseUnavailable
from domain.prices.estimates.budget import ease
from domain.shared.clock import Clock

LOOK_AGAIN: Final = 5.0  # seconds: a strain that lasts is noticed, and looking costs nothing beside it
# Seconds, up to which all is well and from which on refreshing rests. Events are published in a tenth of a
# second; a price that changed wakes readers' watches by one. The small question takes the database a
# millisecond, and Valkey half of one.
OUTBOX: Final = (5.0, 60.0)
DATABASE: Final = (0.05, 0.5)
VALKEY: Final = (0.05, 0.5)
T = TypeVar("T")


class Answers(Protocol):
    """The store for short-lived facts."""

    async def __call__(self) -> object:
        """Raises `CacheUnavailable`."""
        ...


class Strain:
    """Looks at what refreshing leans on, for everybody in this process."""

    def __init__(self, outbox: Outbox, valkey: Answers, clock: Clock, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._outbox = outbox
        self._valkey = valkey
        self._clock = clock
        self._seconds = seconds
        self._pace = 1.0
        self._looked = float("-inf")

    async def pace(self) -> float:
        """The part of its pace that refreshing keeps, from 0 to 1. Never fails."""
        if self._seconds() - self._looked > LOOK_AGAIN:
            self._looked = self._seconds()
            self._pace = await self._look()
        return self._pace

    async def _look(self) -> float:
        try:
            (_, oldest), asked = await self._timed(self._outbox.backlog)
            _, called = await self._timed(self._valkey)
        except (DatabaseUnavailable, CacheUnavailable):
            return 0.0
        behind = (self._clock.now() - oldest).total_seconds() if oldest else 0.0
        return min(ease(behind, *OUTBOX), ease(asked, *DATABASE), ease(called, *VALKEY))

    async def _timed(self, deed: Callable[[], Awaitable[T]]) -> tuple[T, float]:
        began = self._seconds()
        done = await deed()
        return done, self._seconds() - began
