"""End an order without books."""

from datetime import datetime
from enum import StrEnum

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.orders.order import Order
from domain.orders.status import OrderStatus
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class Ending(StrEnum):
    """Why there will be no books."""

    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class EndOrder:
    """A declined, expired or cancelled order gives back its stock and its coupon in the transaction that
    ends it. Checkout calls it once the payment is let go of.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, ending: Ending, reason: str) -> OrderStatus:
        """Returns how it ended: the first ending stands. `reason` is shown to the reader."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            _end(order, ending, reason, now)
            await work.orders.save(order)
            await work.coupons.release(order_id)
            await work.inventory.release(order_id, now)
        await self._news.tell(order_id)
        return order.status


def _end(order: Order, ending: Ending, reason: str, at: datetime) -> None:
    if order.status is OrderStatus.CONFIRMED:  # by a worker that died: what was promised is cancelled
        ending = Ending.CANCELLED
    match ending:
        case Ending.DECLINED:
            order.decline(reason, at)
        case Ending.EXPIRED:
            order.expire(at)
        case Ending.CANCELLED:
            order.cancel(reason, at)
