"""Find out what became of an authorisation."""

from application.shared.unit_of_work import UnitOfWork
from domain.orders.timeline import TimelineKind
from domain.payments.gateway import ActionRequired, Authorised, Declined, PaymentGateway
from domain.payments.ledger import PaymentOperation, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId

SILENT = "The payment provider did not answer; we are asking it what happened."


class AskPayment:
    """An unknown outcome is asked about, never repeated: asking has no effect at the provider."""

    def __init__(self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock

    async def __call__(
        self, order_id: OrderId, *, first_time: bool
    ) -> Authorised | Declined | ActionRequired | None:
        """None: the provider has not seen it, or is still at it. The first asking is told in the story."""
        if first_time:
            async with self._unit_of_work() as work:
                order = await work.orders.get(order_id)
                order.note(TimelineKind.RETRY, SILENT, self._clock.now())
                await work.orders.save(order)
        return await self._gateway.find(payment_key(order_id, PaymentOperation.AUTHORISE))
