"""See to it that every open watch is looked at when its time has come."""

from datetime import timedelta
from typing import Final

from application.watches.ports import WatchProcesses
from application.watches.views import WatchViews
from domain.shared.clock import Clock
from domain.shared.ids import WatchId

OVERDUE: Final = timedelta(minutes=5)  # its own timer would have woken it by then
AT_A_TIME: Final = 100


class DriveOpenWatches:
    """Housekeeping behind the processes: a watch whose process was lost with the engine's storage is started
    again under the same id, from what is written of it.
    """

    def __init__(self, processes: WatchProcesses, views: WatchViews, clock: Clock) -> None:
        self._processes = processes
        self._views = views
        self._clock = clock
        self._seen_to: WatchId | None = None

    async def __call__(self) -> int:
        """Returns how many were seen to."""
        before = self._clock.now() - OVERDUE
        found = await self._views.overdue(before, AT_A_TIME, after=self._seen_to)
        if found:
            await self._processes.wake(found)
        self._seen_to = found[-1] if len(found) == AT_A_TIME else None
        return len(found)
