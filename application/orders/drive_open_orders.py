"""See to it that every accepted order comes to an end."""

from datetime import timedelta
from typing import Final

from application.orders.process import OrderProcesses
from application.orders.views import OrderViews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import OrderId

# An order this old has surely been started once; starting it again attaches to what runs.
OPEN_FOR_LONG: Final = timedelta(minutes=2)
# The process releases a lapsed hold itself; this is for a process that is no more.
LAPSED_FOR_LONG: Final = timedelta(minutes=5)
AT_A_TIME: Final = 100


class DriveOpenOrders:
    """Housekeeping behind the processes: an open order or refund whose process was lost with the engine's
    storage is started again under the same id and the same payment keys, and a hold nobody will commit
    goes back.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, processes: OrderProcesses, views: OrderViews, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._processes = processes
        self._views = views
        self._clock = clock
        self._seen_to: OrderId | None = None

    async def __call__(self) -> tuple[int, int]:
        """Returns how many orders and refunds were seen to and how many holds were released: holds first,
        for that needs no engine.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            released = await work.inventory.release_lapsed(now - LAPSED_FOR_LONG, now, AT_A_TIME)
        open_orders = await self._views.open_since(now - OPEN_FOR_LONG, AT_A_TIME, after=self._seen_to)
        for order_id in open_orders:
            await self._processes.start_checkout(order_id)
            self._seen_to = order_id
        if len(open_orders) < AT_A_TIME:  # that was the last of them: next time from the oldest again
            self._seen_to = None
        refunds = await self._views.refunds_waiting_since(now - OPEN_FOR_LONG, AT_A_TIME)
        for order_id, refund_id in refunds:
            await self._processes.start_refund(order_id, refund_id)
        return len(open_orders) + len(refunds), released
