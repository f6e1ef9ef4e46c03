"""See to it that every accepted purchase comes to an end."""

from datetime import timedelta
from typing import Final

from application.outbox.ports import WaitingEvent
from application.purchases.process import PurchaseProcesses
from application.purchases.views import PurchaseViews
from domain.purchases.status import PurchaseStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId

# A purchase this old has surely been started once; starting it again attaches to what runs.
OPEN_FOR_LONG: Final = timedelta(minutes=2)
# The front door starts the process itself; starting twice is harmless but not free.
FRONT_DOOR_FIRST: Final = timedelta(seconds=1)
AT_A_TIME: Final = 100


class StartPurchase:
    """A purchase that still waits after a moment gets its process: so none is lost when the front door dies
    between commit and start, and none when it has no time.
    """

    def __init__(self, processes: PurchaseProcesses, views: PurchaseViews, clock: Clock) -> None:
        self._processes = processes
        self._views = views
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `purchase_received`."""
        if self._clock.now() - event.occurred_at < FRONT_DOOR_FIRST:
            return False
        purchase_id = PurchaseId(event.aggregate_id)
        if (await self._views.facts(purchase_id)).status is PurchaseStatus.RECEIVED:
            await self._processes.start_purchase(purchase_id)
        return True


class DriveOpenPurchases:
    """Housekeeping behind the processes: an open purchase whose process was lost with the engine's storage is
    started again under the same id and the same keys.
    """

    def __init__(self, processes: PurchaseProcesses, views: PurchaseViews, clock: Clock) -> None:
        self._processes = processes
        self._views = views
        self._clock = clock
        self._seen_to: PurchaseId | None = None

    async def __call__(self) -> int:
        """Returns how many were seen to."""
        before = self._clock.now() - OPEN_FOR_LONG
        found = await self._views.open_since(before, AT_A_TIME, after=self._seen_to)
        for purchase_id in found:
            await self._processes.start_purchase(purchase_id)
            self._seen_to = purchase_id
        if len(found) < AT_A_TIME:  # that was the last of them: next time from the oldest again
            self._seen_to = None
        return len(found)
