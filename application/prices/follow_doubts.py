"""Every doubted price gets a process that waits for staff."""

from application.outbox.ports import WaitingEvent
from application.prices.ports import DoubtProcesses
from domain.prices.doubt import DoubtNotFound, Doubts, Standing


class StartSuspicion:
    """A price that is doubted waits for staff visibly, until the store or staff has said what it is."""

    def __init__(self, doubts: Doubts, processes: DoubtProcesses) -> None:
        self._doubts = doubts
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `price_doubted`."""
        try:
            doubt = await self._doubts.get(event.aggregate_id)
        except DoubtNotFound:  # old, and forgotten meanwhile
            return True
        if doubt.standing is Standing.WAITING:
            await self._processes.begin(doubt)
        return True
