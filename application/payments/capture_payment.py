"""Take the reserved money."""

from collections.abc import Sequence

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.orders.errors import IllegalMove
from domain.orders.order import Order
from domain.payments.gateway import Captured, PaymentGateway, PaymentKey, PaymentReference, Refused
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class CapturePayment:
    """The money is taken when the books leave (at once for e-books), once, and never more than was
    authorised. A refusal is left to a person: the books may have gone already. Asked for again after a
    refusal, it gets a new key: providers repeat their old answer to the old one.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: OrderNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId) -> Captured | Refused:
        """An answer that got lost is asked for under its own key; raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            key = _next_key(order_id, await work.payments.of_order(order_id))
        if order.payment_reference is None:
            raise IllegalMove("This order's payment was never authorised, so there is nothing to take.")
        answer = await self._capture(key, order, PaymentReference(order.payment_reference))
        await self._write(order_id, key, taken=isinstance(answer, Captured))
        return answer

    async def by_hand(self, order_id: OrderId) -> None:
        """An operator took it at the provider: the books say the same as if the shop had."""
        async with self._unit_of_work() as work:
            key = _next_key(order_id, await work.payments.of_order(order_id))
        await self._write(order_id, key, taken=True)

    async def _capture(
        self, key: PaymentKey, order: Order, reference: PaymentReference
    ) -> Captured | Refused:
        if not order.total:  # a coupon paid for all of it
            return Captured(reference, order.total)
        return await self._gateway.capture(key, reference, order.total)

    async def _write(self, order_id: OrderId, key: PaymentKey, *, taken: bool) -> None:
        now = self._clock.now()
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            await work.payments.record(
                PaymentEntry(
                    order_id=order_id,
                    key=key,
                    operation=PaymentOperation.CAPTURE,
                    result=PaymentResult.SUCCEEDED if taken else PaymentResult.REFUSED,
                    amount=order.total,
                    reference=order.payment_reference,
                    at=now,
                )
            )
            if taken:
                order.capture(now)
                await work.orders.save(order)
        await self._news.tell(order_id)


def _next_key(order_id: OrderId, told: Sequence[PaymentEntry]) -> PaymentKey:
    refusals = [
        entry
        for entry in told
        if (entry.operation, entry.result) == (PaymentOperation.CAPTURE, PaymentResult.REFUSED)
    ]
    return payment_key(order_id, PaymentOperation.CAPTURE, attempt=len(refusals) + 1)
