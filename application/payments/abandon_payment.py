"""Let go of the reader's money."""

from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import PaymentGateway
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class AbandonPayment:
    """Undoes this order's own authorisation, whatever became of it: voided, refunded, or refused when it
    arrives late. Nothing of another order can be touched.
    """

    def __init__(self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock

    async def __call__(self, order_id: OrderId) -> None:
        """Repeat until it returns; raises `PaymentOutcomeUnknown`."""
        await self._gateway.abandon(payment_key(order_id, PaymentOperation.AUTHORISE))
        await self.by_hand(order_id)

    async def by_hand(self, order_id: OrderId) -> None:
        """An operator let go of it at the provider: the books say the same as if the shop had."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            await work.payments.record(
                PaymentEntry(
                    order_id=order_id,
                    key=payment_key(order_id, PaymentOperation.ABANDON),
                    operation=PaymentOperation.ABANDON,
                    result=PaymentResult.SUCCEEDED,
                    amount=order.total,
                    reference=order.payment_reference,
                    at=self._clock.now(),
                )
            )
