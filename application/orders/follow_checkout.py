"""Wait a moment for a checkout's outcome."""

import asyncio
from typing import Final

from application.orders.errors import ProcessesUnavailable
from application.orders.news import OrderNews
from application.orders.process import OrderProcesses
from application.orders.views import OrderOutcome, OrderViews
from domain.shared.ids import OrderId

OUTCOME_WITHIN: Final = 2.0  # seconds: what a reader is asked to wait before "we are working on it"
LOOK_EVERY: Final = 0.25  # seconds: how late the answer may be when the news did not get through
# For each server process, about what the engine finishes within the wait; who finds no seat is answered at
# once, and the outbox relay starts the process: load is shed.
SEATS: Final = 32


class FollowCheckout:
    """Starts the order's process and answers with its outcome, or with "pending" when it takes longer.

    Starting may fail or be skipped under load: the order's event is in the outbox, and the relay starts
    the same process under the same id.
    """

    def __init__(self, processes: OrderProcesses, news: OrderNews, views: OrderViews) -> None:
        self._processes = processes
        self._news = news
        self._views = views
        self._seats = asyncio.Semaphore(SEATS)

    @property
    def full(self) -> bool:
        """Nobody more can wait here: answer at once."""
        return self._seats.locked()

    async def __call__(self, order_id: OrderId) -> OrderOutcome:
        """Never later than `OUTCOME_WITHIN` by much."""
        if self.full:
            return await self._views.outcome(order_id)
        async with self._seats, self._news.listen(order_id) as listener:
            deadline = asyncio.get_running_loop().time() + OUTCOME_WITHIN
            try:
                await self._processes.start_checkout(order_id)
            except ProcessesUnavailable:
                return await self._views.outcome(order_id)
            while True:
                outcome = await self._views.outcome(order_id)
                left = deadline - asyncio.get_running_loop().time()
                if outcome.known or left <= 0:
                    return outcome
                await listener.wait(min(LOOK_EVERY, left))
