"""Hand an order to a person, and take it back."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class ParkOrder:
    """What cannot be done or undone by itself waits for an operator, visibly, and is never dropped."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, reason: str) -> None:
        """`reason` is shown to the reader and to the operator."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.park(reason, self._clock.now())
            await work.orders.save(order)
        await self._news.tell(order_id)


class ResumeOrder:
    """An operator has decided how a parked order goes on."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, note: str) -> None:
        """`note` says in the order's story what was decided."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.resume(note, self._clock.now())
            await work.orders.save(order)
        await self._news.tell(order_id)
