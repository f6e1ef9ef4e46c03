"""Call an order off at the store that did not keep to what was agreed."""

from application.purchases.keys import order_key
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.status import StoreStatus
from domain.purchases.store_orders import Cancelled, NotCancelledReason, StoreOrders
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId
from domain.shared.money import Money


class ReturnOrder:
    """A store that charges more than agreed, sells something else, or says that it has no order any more, is
    told that there is none: not even a straggler is sent.
    """

    def __init__(self, unit_of_work: UnitOfWork, stores: StoreOrders, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId) -> str | None:
        """None: it is off; else why it stands. Raises `StoreDoesNotAnswer`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if purchase.store is not StoreStatus.PLACED:
            return None
        answer = await self._stores.cancel(purchase.agreed.store, order_key(purchase_id))
        if isinstance(answer, Cancelled):
            await self._write(purchase_id, answer.refunded)
        elif answer.reason is NotCancelledReason.UNKNOWN_ORDER:
            await self._write(purchase_id, None)
        else:
            return answer.message
        return None

    async def by_hand(self, purchase_id: PurchaseId) -> None:
        """An operator has it from the store that the order is off."""
        await self._write(purchase_id, None)

    async def _write(self, purchase_id: PurchaseId, refunded: Money | None) -> None:
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.return_order(refunded, self._clock.now())
            await work.purchases.save(purchase)
