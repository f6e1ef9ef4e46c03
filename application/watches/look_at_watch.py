"""The one step of a watch: see what is so, and decide what follows."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.shared.unit_of_work import UnitOfWork, Work
from application.watches.ports import CopyWanted, PurchaseDesk
from application.watches.words import why
from domain.shared.clock import Clock
from domain.shared.ids import WatchId
from domain.watches.lows import seen
from domain.watches.result import Result, ResultKind
from domain.watches.status import AfterPurchase, WatchStatus
from domain.watches.watch import Watch


class Next(StrEnum):
    """What the process does now."""

    WAIT = "wait"
    CALL_OFF = "call_off"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Wait for news or until `until`; before that, call off the purchase of that attempt; or end. `notice` is
    the number of what the reader is to be told meanwhile, 0: nothing. `words` are for operators.
    """

    then: Next
    status: str
    words: str
    until: datetime | None = None
    notice: int = 0
    attempt: int = 0


class LookAtWatch:
    """Whatever woke a watch, it goes by what is so: its terms, the prices known, the clock, and what became
    of its purchase. Looking twice is harmless. A purchase begins in the transaction that decides on it, so a
    reader's pause or cancellation comes either before it or after it, and no copy is bought twice.
    """

    def __init__(self, unit_of_work: UnitOfWork, desk: PurchaseDesk, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk
        self._clock = clock

    async def __call__(self, watch_id: WatchId) -> Step:
        """Raises `WatchNotFound`."""
        attempt, result = await self._result(watch_id)
        now = self._clock.now()
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            before = copy(watch)
            if result is not None:
                watch.settle(attempt, result, now)
            lows = await work.watches.lows(watch.isbn)
            price = seen(watch.terms.mine(lows))
            if watch.look(price, now):
                await self._order(work, watch)
            if watch != before:
                await work.watches.save(watch)
        return _step(watch, why(watch, price, now), now)

    async def _result(self, watch_id: WatchId) -> tuple[int, Result | None]:
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
        if watch.status is not WatchStatus.BUYING:
            return watch.attempt, None
        return watch.attempt, await self._desk.result(watch.purchase_id)

    async def _order(self, work: Work, watch: Watch) -> None:
        await self._desk.order(
            work,
            CopyWanted(
                purchase_id=watch.purchase_id,
                user_id=watch.user_id,
                isbn=watch.isbn,
                conditions=watch.terms.conditions,
                maximum=watch.maximum or watch.threshold,
                particulars=await work.watches.particulars(watch.id),
            ),
        )


class CallOffCopy:
    """The purchase that a watch began is called off, if that can still be."""

    def __init__(self, unit_of_work: UnitOfWork, desk: PurchaseDesk) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk

    async def __call__(self, watch_id: WatchId) -> None:
        """Raises `ProcessesUnavailable`."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
        if watch.status is not WatchStatus.BUYING or watch.after_purchase is not AfterPurchase.END:
            return
        if (await self._desk.result(watch.purchase_id)).kind is ResultKind.OPEN:
            await self._desk.call_off(watch.purchase_id)


def _step(watch: Watch, words: str, now: datetime) -> Step:
    notice = watch.to_tell(now)
    then = Next.END if watch.ended and not watch.notices else Next.WAIT
    if watch.status is WatchStatus.BUYING and watch.after_purchase is AfterPurchase.END:
        then = Next.CALL_OFF
    return Step(
        then=then,
        status=watch.status.value,
        words=words,
        until=watch.wakes_at(now),
        notice=notice.number if notice else 0,
        attempt=watch.attempt,
    )
