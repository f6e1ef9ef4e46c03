"""Keeping the price history in order."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.prices.ports import PriceDrawers
from domain.prices.doubt import Doubts
from domain.prices.months import month_of, months_from, months_on
from domain.prices.records import Answerer
from domain.shared.clock import Clock

AHEAD: Final = 2  # months: the shop may be without its housekeeping for that long before it matters
AT_ONCE: Final = 2_000  # answers looked at in a call: some milliseconds
KEEP_DOUBTS: Final = timedelta(days=90)  # as long as the book's own prices count for what is usual


@dataclass(frozen=True, slots=True)
class Kept:
    """What a call did."""

    drawers_made: int
    drawers_dropped: int
    forgotten: int

    def __bool__(self) -> bool:
        return any((self.drawers_made, self.drawers_dropped, self.forgotten))


class KeepPriceHistory:
    """Prices are written into drawers, one a month, made before their month begins; without one they are
    written as well, and moved when it is made. A drawer goes as a whole when all in it is older than the shop
    keeps prices, and so does a last answer which no store has repeated since. Each call looks at some of
    those, and goes on where the one before it stopped. What was doubted long ago is forgotten: the price has
    moved, or is doubted anew.
    """

    def __init__(self, drawers: PriceDrawers, doubts: Doubts, clock: Clock, months: int) -> None:
        """Prices are kept for so many months, and the one that is not over."""
        self._drawers = drawers
        self._doubts = doubts
        self._clock = clock
        self._months = months
        self._place: Answerer | None = None

    async def __call__(self) -> Kept:
        """What there was to do; what could not be done now, a later call does."""
        now = self._clock.now()
        first = months_on(month_of(now), -self._months)
        there = await self._drawers.made()
        made = await _each(
            [month for month in months_from(now, AHEAD) if month not in there], self._drawers.make
        )
        dropped = await _each([month for month in there if month < first], self._drawers.drop)
        forgotten = await self._drawers.forget(first)
        answers, self._place = await self._drawers.forget_answers(first, self._place, AT_ONCE)
        doubts = await self._doubts.forget(now - KEEP_DOUBTS)
        return Kept(made, dropped, forgotten + answers + doubts)


async def _each(months: Sequence[datetime], deed: Callable[[datetime], Awaitable[bool]]) -> int:
    """How many it was done for: up to the first for which it could not be."""
    for done, month in enumerate(months):
        if not await deed(month):
            return done
    return len(months)
