"""Tell the reader that their bank wants a word."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import ActionRequired, PaymentGateway
from domain.payments.ledger import PaymentOperation, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class AwaitPaymentAction:
    """3-D Secure: the order waits, with the bank's address in it, until the reader has confirmed."""

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: OrderNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId) -> None:
        """Write it where the reader sees it; the address is asked for here because whoever has it may
        confirm, so it goes nowhere else. Raises `PaymentOutcomeUnknown`.
        """
        asked = await self._gateway.find(payment_key(order_id, PaymentOperation.AUTHORISE))
        if not isinstance(asked, ActionRequired):  # decided meanwhile: the next question shows how
            return
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.require_action(asked.reference, asked.url, self._clock.now())
            await work.orders.save(order)
        await self._news.tell(order_id)
