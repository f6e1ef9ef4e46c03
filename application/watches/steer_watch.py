"""What a reader does with a watch: change, pause, resume, end it, say no."""

from collections.abc import Callable
from datetime import datetime

from application.shared.unit_of_work import UnitOfWork
from application.watches.views import WatchView, WatchViews
from domain.shared.clock import Clock
from domain.shared.errors import StaleVersion
from domain.shared.ids import UserId, WatchId
from domain.watches.errors import WatchNotFound
from domain.watches.terms import Terms
from domain.watches.watch import Watch


class _Steering:
    """One verb, in one transaction; the watch's process hears of it through the outbox. Whoever of reader and
    price comes first has the row: the other finds what is so then.
    """

    def __init__(self, unit_of_work: UnitOfWork, views: WatchViews, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._views = views
        self._clock = clock

    async def _steer(
        self,
        watch_id: WatchId,
        owner: UserId | None,
        verb: Callable[[Watch, datetime], None],
        seen: int | None = None,
    ) -> WatchView:
        now = self._clock.now()
        async with self._unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            if owner is not None and watch.user_id != owner:
                raise WatchNotFound("There is no such watch.")
            if seen is not None and seen != watch.version:
                raise StaleVersion("The watch changed since you read it; read it again.")
            verb(watch, now)
            await work.watches.save(watch)
        return await self._views.one(watch_id, owner, now)


class ChangeWatch(_Steering):
    """A reader changes what is waited for, until when, or what it may cost. It is looked at as if it had just
    begun; a purchase that is on its way keeps what it began with.
    """

    async def __call__(
        self, watch_id: WatchId, reader: UserId, change: Callable[[Terms], Terms], seen: int | None
    ) -> WatchView:
        """Raises `WatchNotFound`, `WatchHasEnded`, `StaleVersion`, `InvalidInput`."""
        return await self._steer(
            watch_id, reader, lambda watch, at: watch.change(change(watch.terms), at), seen
        )


class PauseWatch(_Steering):
    """Nothing is bought and nothing told until the watch is resumed; a purchase on its way goes on."""

    async def __call__(self, watch_id: WatchId, owner: UserId | None) -> WatchView:
        """Twice is harmless; raises `WatchNotFound`, `WatchHasEnded`."""
        return await self._steer(watch_id, owner, Watch.pause)


class ResumeWatch(_Steering):
    """A paused watch goes on, and looks at once."""

    async def __call__(self, watch_id: WatchId, owner: UserId | None) -> WatchView:
        """Twice is harmless; raises `WatchNotFound`, `WatchHasEnded`."""
        return await self._steer(watch_id, owner, Watch.resume)


class CancelWatch(_Steering):
    """The watch ends. A purchase that is on its way is called off if its order was not sent yet; if it was,
    that copy is the last.
    """

    async def __call__(self, watch_id: WatchId, owner: UserId | None) -> WatchView:
        """Twice is harmless; raises `WatchNotFound`, `WatchHasEnded`."""
        return await self._steer(watch_id, owner, Watch.cancel)


class VetoPurchase(_Steering):
    """A reader says no to what the watch is about to buy. It goes on waiting, and proposes again when the
    price has been higher meanwhile or falls further.
    """

    async def __call__(self, watch_id: WatchId, owner: UserId | None) -> WatchView:
        """Raises `WatchNotFound`, `WatchHasEnded`, `NothingToVeto`."""
        return await self._steer(watch_id, owner, Watch.veto)
