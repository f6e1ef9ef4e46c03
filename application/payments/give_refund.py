"""Give money back."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.orders.errors import NothingToRefund, RefundNotFound
from domain.orders.order import Order
from domain.orders.refund import Refund
from domain.payments.gateway import PaymentGateway, PaymentKey, PaymentReference, Refunded, Refused
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult
from domain.shared.clock import Clock
from domain.shared.ids import OrderId, RefundId


def refund_key(refund_id: RefundId) -> PaymentKey:
    """One key a refund request, not an amount: equal partial refunds are legitimate."""
    return PaymentKey(f"{refund_id}-1-{PaymentOperation.REFUND}")


class GiveRefund:
    """What staff decided is asked of the provider once; only its success moves the totals."""

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: OrderNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, refund_id: RefundId) -> Refunded | Refused:
        """The same key again gives the same answer; raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
        refund = _refund(order, refund_id)
        if order.payment_reference is None:
            raise NothingToRefund("This order's payment was never taken.")
        reference = PaymentReference(order.payment_reference)
        answer = await self._gateway.refund(refund_key(refund_id), reference, refund.amount)
        await self._write(order_id, refund_id, given=isinstance(answer, Refunded))
        return answer

    async def by_hand(self, order_id: OrderId, refund_id: RefundId) -> None:
        """An operator gave it back at the provider: the books say the same as if the shop had."""
        await self._write(order_id, refund_id, given=True)

    async def _write(self, order_id: OrderId, refund_id: RefundId, *, given: bool) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            refund = _refund(order, refund_id)
            order.settle_refund(refund, now, succeeded=given)
            await work.orders.save(order)
            await work.payments.record(
                PaymentEntry(
                    order_id=order_id,
                    key=refund_key(refund_id),
                    operation=PaymentOperation.REFUND,
                    result=PaymentResult.SUCCEEDED if given else PaymentResult.REFUSED,
                    amount=refund.amount,
                    reference=order.payment_reference,
                    at=now,
                )
            )
        await self._news.tell(order_id)


def _refund(order: Order, refund_id: RefundId) -> Refund:
    for refund in order.refunds:
        if refund.id == refund_id:
            return refund
    raise RefundNotFound("There is no such refund on this order.")
