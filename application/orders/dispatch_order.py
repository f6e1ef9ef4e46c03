"""The parcel leaves the house."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class DispatchOrder:
    """What left the house leaves the stock, in one transaction with the order."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId) -> None:
        """Repeating it moves nothing."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.dispatch(now)
            await work.orders.save(order)
            await work.inventory.ship(order_id, now)
        await self._news.tell(order_id)
