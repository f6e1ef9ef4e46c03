"""Hand a watch to a person, and take it back."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import WatchId


class ParkWatch:
    """What cannot go on by itself waits for an operator, visibly."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, watch_id: WatchId, reason: str) -> None:
        """`reason` is shown to the reader and to the operator."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            watch.park(reason, self._clock.now())
            await work.watches.save(watch)


class TakeBackWatch:
    """An operator has decided how a parked watch goes on."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, watch_id: WatchId, note: str) -> None:
        """`note` says in the watch's story what was decided."""
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            watch.take_back(note, self._clock.now())
            await work.watches.save(watch)
