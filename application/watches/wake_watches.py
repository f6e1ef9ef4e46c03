"""Who is woken when: a price changed, a reader did something, a purchase came to its end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from application.outbox.ports import WaitingEvent
from application.shared.unit_of_work import UnitOfWork
from application.watches.known_prices import known_lows
from application.watches.ports import WatchProcesses
from application.watches.views import WatchViews
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.ids import PurchaseId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.lows import Low

# What is remembered counts as heard a little earlier: a change that is written down while it is read counts.
OVERLAP: Final = timedelta(minutes=1)
PAGE: Final = 500  # watches a look: each is one message to the process engine


class WakeWatches:
    """When the lowest price of a book changed, those of its watches look that would change by it, and no
    other. It goes by what is known then, so an event that comes twice, late or out of order wakes nobody in
    vain, and one that was half done is done again.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, views: WatchViews, processes: WatchProcesses, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._views = views
        self._processes = processes
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `price_changed`."""
        low = _low(event.payload, event.occurred_at)
        async with self._unit_of_work() as work:
            await work.watches.hear(low)
        now, after = self._clock.now(), None
        while page := await self._views.page_to_wake(low, now, after=after, limit=PAGE):
            await self._processes.wake(page)
            after = page[-1]
            if len(page) < PAGE:
                break
        return True


class WakeLookedAt:
    """A watch that has begun, or that its reader has changed, hears what is known of the prices, and looks.
    Not before it was written down: from then on it hears every change itself, so that none falls between.
    """

    def __init__(self, unit_of_work: UnitOfWork, processes: WatchProcesses) -> None:
        self._unit_of_work = unit_of_work
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `watch_begun` and `watch_changed`."""
        async with self._unit_of_work() as work:
            isbn, at = Isbn(str(event.payload["isbn"])), event.occurred_at
            for low in await known_lows(work, isbn, at, heard_at=at - OVERLAP):
                await work.watches.hear(low)
        await self._processes.wake([WatchId(event.aggregate_id)])
        return True


class WakeBuyer:
    """A watch whose purchase came further looks."""

    def __init__(self, views: WatchViews, processes: WatchProcesses) -> None:
        self._views = views
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On what ends a purchase, with a book or without."""
        watch_id = await self._views.of_purchase(PurchaseId(event.aggregate_id))
        if watch_id is not None:
            await self._processes.wake([watch_id])
        return True


def _low(payload: Mapping[str, object], at: datetime) -> Low:
    return Low(
        isbn=Isbn(str(payload["isbn"])),
        format=Format(str(payload["format"])),
        condition=str(payload["condition"]),
        currency=str(payload["currency"]),
        price=_money(payload["after"]),
        at=at,
    )


def _money(after: object) -> Money | None:
    if not isinstance(after, Mapping):
        return None
    return Money(int(after["amount"]), str(after["currency"]))
