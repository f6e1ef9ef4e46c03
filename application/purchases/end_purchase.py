"""Bring a purchase to its end."""

from application.purchases.news import PurchaseNews
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.status import PurchaseStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class EndPurchase:
    """There will be no book. Called once no money is held or kept; what was set aside within the reader's
    caps is free again by the same stroke.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: PurchaseNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId, ending: PurchaseStatus, reason: str) -> PurchaseStatus:
        """Returns how it ended: the first ending stands. `reason` is shown to the reader."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.end(ending, reason, self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
        return purchase.status


class FinishPurchase:
    """Bought, paid for, and the books agree."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: PurchaseNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> None:
        """Repeating it is harmless."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.finish(self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
