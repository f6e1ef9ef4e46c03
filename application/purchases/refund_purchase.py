"""Give back what the reader paid too much."""

from application.purchases.keys import money_key
from application.purchases.news import PurchaseNews
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import PaymentGateway, PaymentReference, Refused
from domain.payments.ledger import PaymentOperation
from domain.purchases.purchase import Purchase
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class RefundPurchase:
    """What was taken above what the store takes for the book goes back by itself, without anybody asking."""

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: PurchaseNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> str | None:
        """None: nothing is owed any more; else why the provider refuses. Raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if not purchase.refund_due:
            return None
        answer = await self._gateway.refund(
            money_key(purchase_id, PaymentOperation.REFUND, _attempt(purchase)),
            PaymentReference(purchase.payment_reference or ""),
            purchase.refund_due,
        )
        if isinstance(answer, Refused):
            return answer.message
        await self.by_hand(purchase_id)
        return None

    async def by_hand(self, purchase_id: PurchaseId) -> None:
        """An operator gave it back at the provider: the books say the same as if the shop had."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            purchase.refund(purchase.refund_due, self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)


def _attempt(purchase: Purchase) -> int:
    """What went back only grows: each refund has a key of its own, and each of its tries the same one."""
    return 1 + (purchase.refunded.amount if purchase.refunded else 0)
