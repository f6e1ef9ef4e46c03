"""Set a purchase's maximum aside within its reader's caps."""

from collections.abc import Mapping

from application.shared.unit_of_work import UnitOfWork
from domain.purchases.caps import Caps
from domain.purchases.status import PurchaseStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class ReserveCap:
    """Nothing is bought that might exceed a cap of the reader: the maximum counts from the first moment, and
    what is not spent counts no more. Purchases of one reader are admitted one after the other.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, caps_of_the_shop: Mapping[str, Caps]) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._caps_of_the_shop = caps_of_the_shop

    async def __call__(self, purchase_id: PurchaseId) -> PurchaseStatus:
        """How far the purchase is: a process that lost its memory learns it here. Raises `CapReached` and
        `CapsNotSet`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if purchase.status is PurchaseStatus.RECEIVED:
                currency = purchase.max_price.currency
                budget = await work.budgets.of(purchase.user_id, currency, now)
                budget.admit(purchase.max_price, self._caps_of_the_shop.get(currency))
                purchase.reserve_cap(now)
                await work.purchases.save(purchase)
        return purchase.status
