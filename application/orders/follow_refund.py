"""Start a refund's process and wait a moment for its result."""

import asyncio
from typing import Final

from application.orders.errors import ProcessesUnavailable
from application.orders.news import OrderNews
from application.orders.process import OrderProcesses
from application.orders.views import OrderViews, RefundView
from domain.orders.errors import RefundNotFound
from domain.orders.refund import RefundStatus
from domain.shared.ids import OrderId, RefundId

RESULT_WITHIN: Final = 2.0  # seconds, as at checkout
LOOK_EVERY: Final = 0.25  # seconds


class FollowRefund:
    """Answers with the refund's result, or as requested when the provider takes longer."""

    def __init__(self, processes: OrderProcesses, news: OrderNews, views: OrderViews) -> None:
        self._processes = processes
        self._news = news
        self._views = views

    async def __call__(self, order_id: OrderId, refund_id: RefundId) -> RefundView:
        """Starting may fail: the outbox relay starts the same process."""
        async with self._news.listen(order_id) as listener:
            deadline = asyncio.get_running_loop().time() + RESULT_WITHIN
            try:
                await self._processes.start_refund(order_id, refund_id)
            except ProcessesUnavailable:
                return await self._refund(order_id, refund_id)
            while True:
                refund = await self._refund(order_id, refund_id)
                left = deadline - asyncio.get_running_loop().time()
                if refund.status != RefundStatus.REQUESTED or left <= 0:
                    return refund
                await listener.wait(min(LOOK_EVERY, left))

    async def _refund(self, order_id: OrderId, refund_id: RefundId) -> RefundView:
        order = await self._views.one(order_id, None)
        for refund in order.refunds:
            if refund.refund_id == refund_id:
                return refund
        raise RefundNotFound("There is no such refund on this order.")
