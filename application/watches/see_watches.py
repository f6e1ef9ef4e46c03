"""Look at one's watches."""

from application.watches.views import WatchView, WatchViews
from domain.shared.clock import Clock
from domain.shared.ids import UserId, WatchId


class SeeWatch:
    """A reader sees a watch, the prices it last heard of, and why it has not bought yet."""

    def __init__(self, views: WatchViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(self, watch_id: WatchId, reader: UserId) -> WatchView:
        """Raises `WatchNotFound`, also for another reader's."""
        return await self._views.one(watch_id, reader, self._clock.now())


class ListWatches:
    """A reader's watches, newest first."""

    def __init__(self, views: WatchViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(
        self, reader: UserId, *, ended: bool | None, before: WatchId | None, limit: int
    ) -> tuple[list[WatchView], WatchId | None]:
        """A page, and where the next one begins."""
        now = self._clock.now()
        found = await self._views.of_reader(reader, now, ended=ended, before=before, limit=limit + 1)
        page = found[:limit]
        return page, page[-1].watch.id if len(found) > limit else None
