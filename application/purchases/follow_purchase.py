"""Wait for a purchase's outcome."""

import asyncio
from typing import Final

from application.orders.errors import ProcessesUnavailable
from application.purchases.news import PurchaseNews
from application.purchases.process import PurchaseProcesses
from application.purchases.views import PurchaseOutcome, PurchaseViews
from domain.shared.ids import PurchaseId

OUTCOME_WITHIN: Final = 18.0  # seconds: 20 are promised, and a busy moment takes its share
LOOK_EVERY: Final = 1.0  # seconds: how late the answer may be when the news did not get through
# For each server process. Who waits costs a look each second and nothing else; beyond this the stores' limits
# leave nothing to wait for, and whoever comes is answered at once: the relay starts the process.
SEATS: Final = 64


class FollowPurchase:
    """Starts the purchase's process and answers with its outcome, or with "pending" when it takes longer.

    Starting may fail or be skipped under load: the purchase's event is in the outbox, and the relay starts
    the same process under the same id.
    """

    def __init__(self, processes: PurchaseProcesses, news: PurchaseNews, views: PurchaseViews) -> None:
        self._processes = processes
        self._news = news
        self._views = views
        self._seats = asyncio.Semaphore(SEATS)

    @property
    def full(self) -> bool:
        """Nobody more can wait here: answer at once."""
        return self._seats.locked()

    async def __call__(self, purchase_id: PurchaseId) -> PurchaseOutcome:
        """Never later than `OUTCOME_WITHIN` by much."""
        if self.full:
            return await self._views.outcome(purchase_id)
        async with self._seats, self._news.listen(purchase_id) as listener:
            deadline = asyncio.get_running_loop().time() + OUTCOME_WITHIN
            try:
                await self._processes.start_purchase(purchase_id)
            except ProcessesUnavailable:
                return await self._views.outcome(purchase_id)
            while True:
                outcome = await self._views.outcome(purchase_id)
                left = deadline - asyncio.get_running_loop().time()
                if outcome.known or left <= 0:
                    return outcome
                await listener.wait(min(LOOK_EVERY, left))
