"""The reader has the books."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class DeliverOrder:
    """A paid order whose books have arrived is complete."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId) -> None:
        """Repeating it is harmless."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.deliver(self._clock.now())
            await work.orders.save(order)
        await self._news.tell(order_id)
