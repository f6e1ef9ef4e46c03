"""Hand a purchase to a person, and take it back."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class ParkPurchase:
    """What cannot be done or undone by itself waits for an operator, visibly; money and caps stay held."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId, reason: str) -> None:
        """`reason` is shown to the reader and to the operator."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.park(reason, self._clock.now())
            await work.purchases.save(purchase)


class ResumePurchase:
    """An operator has decided how a parked purchase goes on."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId, note: str) -> None:
        """`note` says in the purchase's story what was decided."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.resume(note, self._clock.now())
            await work.purchases.save(purchase)
