"""What staff does about prices that are cheap beyond belief."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from application.orders.errors import ProcessesUnavailable
from application.prices.ports import DoubtProcesses
from domain.prices.doubt import Doubt, Doubts
from domain.shared.clock import Clock
from domain.shared.ids import UserId


class SeeDoubts:
    """Staff sees the prices that nobody believes yet, the longest doubted first."""

    def __init__(self, doubts: Doubts) -> None:
        self._doubts = doubts

    async def __call__(self, limit: int) -> Sequence[Doubt]:
        """So many."""
        return await self._doubts.waiting(limit)


class ApprovePrice:
    """Staff says that a doubted price is a bargain: from the next comparison on it is told as any other."""

    def __init__(self, doubts: Doubts, processes: DoubtProcesses, clock: Clock) -> None:
        self._doubts = doubts
        self._processes = processes
        self._clock = clock

    async def __call__(self, doubt_id: UUID, by: UserId) -> Doubt:
        """Raises `DoubtNotFound`."""
        doubt = await self._doubts.get(doubt_id)
        doubt.approve(by, self._clock.now())
        await self._doubts.save(doubt)
        await _tell(self._processes, doubt_id)
        return doubt


class RejectPrice:
    """Staff says that a doubted price is a mistake: it is shown as doubted and never the best, whatever the
    store says when it is asked again.
    """

    def __init__(self, doubts: Doubts, processes: DoubtProcesses, clock: Clock) -> None:
        self._doubts = doubts
        self._processes = processes
        self._clock = clock

    async def __call__(self, doubt_id: UUID, by: UserId) -> Doubt:
        """Raises `DoubtNotFound`."""
        doubt = await self._doubts.get(doubt_id)
        doubt.reject(by, self._clock.now())
        await self._doubts.save(doubt)
        await _tell(self._processes, doubt_id)
        return doubt


async def _tell(processes: DoubtProcesses, doubt_id: UUID) -> None:
    """A process that does not hear of it looks for itself after a while."""
    with suppress(ProcessesUnavailable):
        await processes.decided(doubt_id)
