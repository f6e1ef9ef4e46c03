"""Ask one store once."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.prices.store_breaker import StoreBreaker
from application.prices.store_health import SLOW_AFTER, Admission, Report, StoreState
from application.prices.store_records import ANSWERED, StoreRecords
from application.shared.measurements import Measurements
from domain.prices.offer import Offer, StoreName
from domain.prices.ports import Bookstore, Turns
from domain.prices.store import Lane, Missing, StoreBusy, StoreFailed, StoreTerms
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn
from domain.shared.money import Money

TOO_DEAR: Final = 10  # times what the book usually costs: no price, but a number
# Of the time there is, the answer gets what two usual ones take, and at least a quarter of a second; the rest
# may be spent on waiting for a turn. A turn that comes later than that would be taken in vain.
BRIEFEST_ANSWER: Final = 0.25
USUAL_ANSWERS: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it: offers, or why there are none. `seconds`: how long the call took, if it was made."""

    store: StoreName
    offers: Sequence[Offer] = ()
    missing: Missing | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    """One call that may be made."""

    terms: StoreTerms
    admission: Admission
    make: Callable[[], Awaitable[Sequence[Offer]]]
    until: float
    usual: Money | None


class AskStore:
    """A store is asked while it is well, when it is our turn, and once: whoever gets no answer in time is
    told why, and goes on without. Another book and another currency are no answer.
    """

    def __init__(
        self,
        *,
        turns: Turns,
        breaker: StoreBreaker,
        records: StoreRecords,
        measurements: Measurements,
        clock: Clock,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds` is a clock that never goes back."""
        self._turns = turns
        self._breaker = breaker
        self._records = records
        self._measurements = measurements
        self._clock = clock
        self._seconds = seconds

    async def __call__(
        self, store: Bookstore, isbn: Isbn, lane: Lane, *, within: timedelta, usual: Money | None = None
    ) -> Asked:
        """Every offer of that edition. `usual` is about what it costs in the end elsewhere, if known."""

        async def offers() -> Sequence[Offer]:
            return [offer for offer in await store.offers(isbn) if offer.isbn == isbn]

        return await self._ask(store.terms, offers, lane, within, usual)

    async def again(self, store: Bookstore, offer: Offer, lane: Lane, *, within: timedelta) -> Asked:
        """The same offer as it stands now; `NOT_SOLD` if it is gone."""

        async def now() -> Sequence[Offer]:
            found = await store.offer(offer.isbn, offer.offer_id)
            return [] if found is None else [found]

        return await self._ask(store.terms, now, lane, within, None)

    async def _ask(
        self,
        terms: StoreTerms,
        make: Callable[[], Awaitable[Sequence[Offer]]],
        lane: Lane,
        within: timedelta,
        usual: Money | None,
    ) -> Asked:
        limit, began = within.total_seconds(), self._seconds()
        admission = await self._breaker.admit(terms, limit)
        if not admission.admitted:
            isolated = admission.state is StoreState.ISOLATED
            return await self._noted(Asked(terms.name, (), Missing.REFUSED if isolated else Missing.RESTING))
        call, called_at = _Call(terms, admission, make, began + limit, usual), None
        asked, report = Asked(terms.name, (), Missing.BUSY), None
        try:
            if await self._turns.take(terms, lane, within=within - _room(limit, admission.usual)):
                called_at = self._seconds()
                asked, report = await self._called(call, called_at)
        except BaseException:  # whoever asked went away, or the fault is ours
            await asyncio.shield(self._learnt(call, self._learnt_by_waiting(called_at)))
            raise
        await asyncio.shield(self._learnt(call, report))
        return await self._noted(asked)

    async def _called(self, call: _Call, at: float) -> tuple[Asked, Report | None]:
        store = call.terms.name
        try:
            async with asyncio.timeout(call.until - at):
                offers = await call.make()
        except TimeoutError:
            why = Missing.SLOW
        except StoreBusy as busy:
            rest = None if busy.retry_after is None else timedelta(seconds=busy.retry_after)
            await self._turns.hold_back(store, retry_after=rest)
            return Asked(store, (), Missing.BUSY, self._seconds() - at), None
        except StoreFailed as failed:
            why = failed.why
        else:
            return _answered(call, offers, self._seconds() - at)
        took = self._seconds() - at
        return Asked(store, (), why, took), Report(failed=True, refused=why is Missing.REFUSED, seconds=took)

    def _learnt_by_waiting(self, called_at: float | None) -> Report | None:
        """Whoever leaves after a long wait has learnt that it is slow."""
        if called_at is None or (waited := self._seconds() - called_at) <= SLOW_AFTER:
            return None
        return Report(failed=True, seconds=waited)

    async def _learnt(self, call: _Call, report: Report | None) -> None:
        if report is None:
            await self._breaker.give_back(call.terms, call.admission)
        else:
            await self._breaker.report(call.terms, call.admission, report)

    async def _noted(self, asked: Asked) -> Asked:
        outcome = ANSWERED if asked.missing is None else asked.missing.value
        self._measurements.store_asked(asked.store, outcome, asked.seconds)
        await self._records.note(asked.store, outcome, asked.seconds, self._clock.now().date())
        return asked


def _answered(call: _Call, offers: Sequence[Offer], took: float) -> tuple[Asked, Report]:
    agreed = [offer for offer in offers if offer.landed.currency == call.terms.currency]
    odd = len(offers) - len(agreed) + sum(_is_too_dear(offer.landed, call.usual) for offer in agreed)
    missing = None if agreed else Missing.BROKEN if offers else Missing.NOT_SOLD
    asked = Asked(call.terms.name, agreed, missing, took)
    return asked, Report(seconds=took, quotes=len(offers), odd=odd)


def _is_too_dear(landed: Money, usual: Money | None) -> bool:
    if usual is None or usual.currency != landed.currency:
        return False
    return landed.amount > TOO_DEAR * usual.amount


def _room(limit: float, usual: float | None) -> timedelta:
    return timedelta(seconds=min(limit / 2, max(BRIEFEST_ANSWER, USUAL_ANSWERS * (usual or 0.0))))
