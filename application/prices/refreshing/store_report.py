"""How every store has kept to what is expected of it, and how we have kept to what it allows."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from typing import Final

from application.prices.refreshing.ports import RefreshQueue
from application.prices.store_outages import Outage, WrittenOutages
from application.prices.store_records import StoreDay, StoreRecords
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstores
from domain.prices.store import Missing, StoreTerms
from domain.shared.clock import Clock

LONGEST: Final = 31  # days: records are kept for forty
AT_ONCE: Final = 8  # stores looked at together: a report is in no hurry
HALF, MOST = 0.5, 0.95  # of the calls
_NOTHING: Final = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """Since the first day's beginning, in UTC. `answered`: the share of `calls` that were, be it with "not
    sold"; half of them took no more than `p50` seconds, nineteen of twenty no more than `p95` (None: more
    than can be told, or there were none). `used` is the share of what its limit allows that was asked,
    `spared` how often it was not asked for it was left in peace, `busy` how often it had no time for us.
    `fresh` is P(what is remembered is right) for what readers ask for, now; a call is worth `price` questions
    answered wrongly.
    """

    store: StoreName
    title: str
    calls: int
    answered: float | None
    p50: float | None
    p95: float | None
    used: float
    spared: int
    busy: int
    outages: int
    away: timedelta
    is_away: bool
    fresh: float | None
    waiting: int
    set_aside: int
    price: float | None


class ReportOnStores:
    """Staff sees how each store does, by the days that are over and today."""

    def __init__(
        self,
        *,
        stores: Bookstores,
        records: StoreRecords,
        outages: WrittenOutages,
        queue: RefreshQueue,
        clock: Clock,
    ) -> None:
        self._stores = stores
        self._records = records
        self._outages = outages
        self._queue = queue
        self._clock = clock

    async def __call__(self, days: int) -> Sequence[StoreReport]:
        """By name. Raises `DatabaseUnavailable`; what Valkey does not tell now is missing from it."""
        now = self._clock.now()
        since = datetime.combine(now.astimezone(UTC).date() - timedelta(days=days - 1), time(), UTC)
        outages, places = await self._outages.since(since), asyncio.Semaphore(AT_ONCE)

        async def report(terms: StoreTerms) -> StoreReport:
            async with places:
                return await self._report(terms, since, now, outages)

        return await asyncio.gather(*(report(store.terms) for store in self._stores.all()))

    async def _report(
        self,
        terms: StoreTerms,
        since: datetime,
        now: datetime,
        outages: Mapping[StoreName, Sequence[Outage]],
    ) -> StoreReport:
        dates = [since.date() + timedelta(days=n) for n in range((now - since).days + 1)]
        days = await asyncio.gather(*(self._records.of(terms.name, date) for date in dates))
        whole = reduce(StoreDay.together, days, StoreDay())
        standing = await self._queue.standing(terms.name, now)
        its_own = outages.get(terms.name, ())
        return StoreReport(
            store=terms.name,
            title=terms.title,
            calls=whole.calls,
            answered=whole.availability,
            p50=whole.within(HALF),
            p95=whole.within(MOST),
            used=whole.calls / _allowed(terms, now - since),
            spared=whole.outcomes.get(Missing.RESTING, 0),
            busy=whole.outcomes.get(Missing.BUSY, 0),
            outages=len(its_own),
            away=sum((_lasted(one, since, now) for one in its_own), _NOTHING),
            is_away=any(one.ended_at is None for one in its_own),
            fresh=standing.fresh,
            waiting=standing.waiting,
            set_aside=standing.set_aside,
            price=await self._queue.price(terms.name),
        )


def _allowed(terms: StoreTerms, during: timedelta) -> float:
    """Calls, by the tightest of its own rules."""
    seconds = max(during.total_seconds(), 1.0)
    return max(min(seconds * limit.calls / limit.seconds for limit in terms.limits), 1.0)


def _lasted(outage: Outage, since: datetime, now: datetime) -> timedelta:
    return max((outage.ended_at or now) - max(outage.began_at, since), _NOTHING)
