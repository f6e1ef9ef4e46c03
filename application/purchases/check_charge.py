"""Look into the store's own books once it is paid."""

from dataclasses import dataclass, replace

from application.purchases.keys import order_key
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.purchase import Purchase
from domain.purchases.status import StoreStatus
from domain.purchases.store_orders import StoreOrders
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


@dataclass(frozen=True, slots=True)
class Charge:
    """`discrepancy` says where the store did not keep to what was agreed; `refund_due`: it took less than the
    reader paid; `gone` says that it has no order any more.
    """

    discrepancy: str | None
    refund_due: bool
    gone: str | None = None


class CheckCharge:
    """Some stores charge otherwise than they said: what they took less goes back to the reader, and who took
    more than agreed loses the order. A store that cannot be asked is looked into by the daily reconciliation.
    """

    def __init__(self, unit_of_work: UnitOfWork, stores: StoreOrders, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId) -> Charge:
        """Raises `StoreDoesNotAnswer`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        store = purchase.agreed.store
        if purchase.store is StoreStatus.CALLED_OFF:
            return replace(_charge(purchase), gone=f"The order at {store} is off.")
        if purchase.store is not StoreStatus.PLACED or not self._stores.terms(store).finds_by_key:
            return _charge(purchase)
        placed = await self._stores.find(store, order_key(purchase_id))
        if placed is None:
            return replace(_charge(purchase), gone=f"{store} has no order any more.")
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.recharge(placed, self._clock.now())
            await work.purchases.save(purchase)
        return _charge(purchase)


def _charge(purchase: Purchase) -> Charge:
    return Charge(purchase.discrepancy, bool(purchase.refund_due))
