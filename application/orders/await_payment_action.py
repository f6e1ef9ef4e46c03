"""Tell the reader that their bank wants a word."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import ActionRequired
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class AwaitPaymentAction:
    """3-D Secure: the order waits, with the bank's address in it, until the reader has confirmed."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, asked: ActionRequired) -> None:
        """Write it where the reader sees it."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.require_action(asked.reference, asked.url, self._clock.now())
            await work.orders.save(order)
        await self._news.tell(order_id)
