"""What a store told is remembered, and everybody who should know hears of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from application.shared.batches import Batches
from application.shared.measurements import Measurements
from application.shared.unavailable import DatabaseUnavailable
from application.shared.unit_of_work import UnitOfWork
from domain.prices.answer import Outcome, Told, Unanswered
from domain.prices.estimates.freshness import Tier, stale_limit
from domain.prices.events import price_changes
from domain.prices.memory import Known, PriceMemory
from domain.prices.months import month_of
from domain.prices.records import Answerer, Record, first
from domain.shared.clock import Clock

# What is too old to be given to anybody is no low any more.
LOW_FOR: Final = timedelta(seconds=stale_limit(Tier.L3.value))
AT_ONCE: Final = 200  # answers a transaction: those about the same books wait for its end


class RememberPrices:
    """An answer is written down with all that follows from it in one transaction: the last quotes, the
    history, the change rate, and that a book's lowest price is another. Then all processes may know. A failed
    ask is remembered for seconds and written nowhere. What comes twice or out of order changes nothing.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, memory: PriceMemory, clock: Clock, measurements: Measurements
    ) -> None:
        self._unit_of_work = unit_of_work
        self._memory = memory
        self._clock = clock
        self._measurements = measurements
        # Stores answer a comparison one by one: this spares the database a commit for each.
        self._together = Batches(self._remember, AT_ONCE)

    async def __call__(self, outcomes: Sequence[Outcome]) -> None:
        """Returns when it is done. While the database is lost, answers are remembered as long as Valkey has
        them, and are counted.
        """
        await self._together(outcomes)

    async def _remember(self, outcomes: Sequence[Outcome]) -> None:
        told = [outcome for outcome in outcomes if isinstance(outcome, Told)]
        known: list[Known] = []
        for each_once in _rounds(told):
            known += await self._known(each_once)
        await self._memory.keep([*known, *(one for one in outcomes if isinstance(one, Unanswered))])

    async def _known(self, told: Sequence[Told]) -> Sequence[Known]:
        try:
            return await self._write(told)
        except DatabaseUnavailable:
            self._measurements.prices_unwritten(len(told))
            return [Known(one) for one in told]

    async def _write(self, told: Sequence[Told]) -> Sequence[Known]:
        now = self._clock.now()
        async with self._unit_of_work() as work:
            before = await work.prices.of(
                [_answerer(one) for one in told], month_of(min(one.at for one in told))
            )
            after = {_answerer(one): _after(before.get(_answerer(one)), one) for one in told}
            new = [record for record in after.values() if record is not None]
            if new:
                isbns = {record.known.told.isbn for record in new}
                lows = await work.prices.lows(isbns, now - LOW_FOR)
                await work.prices.save(new)
                lower = await work.prices.lows(isbns, now - LOW_FOR)
                await work.prices.tell(price_changes(lows, lower, now))
        return [(after[answerer] or before[answerer]).known for answerer in after]


def _after(before: Record | None, told: Told) -> Record | None:
    return before.after(told) if before else first(told)


def _answerer(told: Told) -> Answerer:
    return told.isbn, told.store


def _rounds(told: Sequence[Told]) -> Sequence[Sequence[Told]]:
    """What one store told of one book at several times is written in that order."""
    rounds: list[dict[Answerer, Told]] = []
    for one in sorted(told, key=lambda one: one.at):
        free = next((each for each in rounds if _answerer(one) not in each), None)
        if free is None:
            rounds.append(free := {})
        free[_answerer(one)] = one
    return [list(each.values()) for each in rounds]
