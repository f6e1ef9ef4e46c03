"""Follow an order's story while it is being written."""

from collections.abc import AsyncIterator
from typing import Final

from application.orders.news import OrderNews
from application.orders.views import OrderViews, TimelineView
from domain.orders.status import TERMINAL, OrderStatus
from domain.shared.ids import OrderId

LOOK_EVERY: Final = 2.0  # seconds: how late a sentence may be when the news did not get through


class FollowOrder:
    """Everything after the last sentence seen, then each new one, until the order has ended."""

    def __init__(self, news: OrderNews, views: OrderViews) -> None:
        self._news = news
        self._views = views

    async def __call__(self, order_id: OrderId, last_seen: int) -> AsyncIterator[TimelineView | None]:
        """None: nothing new for a while, the line is kept open."""
        async with self._news.listen(order_id) as listener:
            while True:
                outcome = await self._views.outcome(order_id)
                sentences = await self._views.timeline_after(order_id, last_seen)
                for sentence in sentences:
                    last_seen = sentence.id
                    yield sentence
                if OrderStatus(outcome.status) in TERMINAL:
                    return
                if not sentences:
                    yield None
                await listener.wait(LOOK_EVERY)
