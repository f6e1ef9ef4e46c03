"""Let go of the reader's money."""

from application.purchases.keys import money_key
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import PaymentGateway
from domain.payments.ledger import PaymentOperation
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class VoidPurchase:
    """Undoes this purchase's own authorisation, whatever became of it: voided, or refused when it arrives
    late. Nothing of another purchase can be touched.
    """

    def __init__(self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId) -> None:
        """Repeat until it returns; raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if purchase.quote is None:  # no bank is asked before there is something to buy
            return
        await self._gateway.abandon(money_key(purchase_id, PaymentOperation.AUTHORISE))
        await self.by_hand(purchase_id)

    async def by_hand(self, purchase_id: PurchaseId) -> None:
        """An operator let go of it at the provider: the books say the same as if the shop had."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.void(self._clock.now())
            await work.purchases.save(purchase)
