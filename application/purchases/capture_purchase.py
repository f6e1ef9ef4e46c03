"""Take what the book costs."""

from application.purchases.keys import money_key
from application.purchases.news import PurchaseNews
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import Captured, PaymentGateway, PaymentReference, Refused
from domain.payments.ledger import PaymentOperation
from domain.purchases.errors import PurchaseCannotMove
from domain.purchases.purchase import Purchase
from domain.purchases.status import MoneyStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class CapturePurchase:
    """What the store charges is taken from the reserved money, once, and the rest released by the same
    stroke. Nothing is taken where the store did not keep to what was agreed.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: PurchaseNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> str | None:
        """None: taken; else why the provider refuses. Raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if purchase.money is not MoneyStatus.AUTHORISED:
            return None
        answer = await self._capture(purchase)
        await self._write(purchase_id, taken=isinstance(answer, Captured))
        return answer.message if isinstance(answer, Refused) else None

    async def by_hand(self, purchase_id: PurchaseId) -> None:
        """An operator took it at the provider: the books say the same as if the shop had."""
        await self._write(purchase_id, taken=True)

    async def _capture(self, purchase: Purchase) -> Captured | Refused:
        if purchase.charged is None or purchase.discrepancy is not None:
            raise PurchaseCannotMove("The store has no order as it was agreed: nothing is taken.")
        attempt = purchase.captures_refused + 1
        return await self._gateway.capture(
            money_key(purchase.id, PaymentOperation.CAPTURE, attempt),
            PaymentReference(purchase.payment_reference or ""),
            purchase.charged,
        )

    async def _write(self, purchase_id: PurchaseId, *, taken: bool) -> None:
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if taken:
                purchase.capture(self._clock.now())
            else:
                purchase.refuse_capture()
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
