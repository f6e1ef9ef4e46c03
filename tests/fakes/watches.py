"""Watches in memory, with their read side."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from datetime import datetime

from application.watches.views import WatchView
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import PurchaseId, UserId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.timeline import TimelineEntry
from domain.watches.errors import WatchNotFound
from domain.watches.lows import Low, seen
from domain.watches.ports import Particulars
from domain.watches.watch import Watch


class InMemoryWatches:
    """The `Watches` and the `WatchViews` port in one; keeps the events as the outbox would."""

    def __init__(self) -> None:
        self._watches: dict[WatchId, Watch] = {}
        self._particulars: dict[WatchId, Particulars] = {}
        self._lows: dict[tuple[str, str, str, str], Low] = {}
        self.stories: dict[WatchId, list[TimelineEntry]] = {}
        self.events: list[DomainEvent] = []

    def every(self) -> list[Watch]:
        return list(self._watches.values())

    def give(self, watch_id: WatchId, particulars: Particulars) -> None:
        self._particulars[watch_id] = particulars

    async def add(self, watch: Watch, particulars: Particulars) -> None:
        self._particulars[watch.id] = particulars
        self.stories[watch.id] = []
        self._keep(watch)

    async def get(self, watch_id: WatchId) -> Watch:
        return deepcopy(self._found(watch_id))

    async def save(self, watch: Watch) -> None:
        if watch.version != self._found(watch.id).version:
            raise StaleVersion("The watch changed since it was read.")
        watch.version += 1
        self._keep(watch)

    async def particulars(self, watch_id: WatchId) -> Particulars:
        self._found(watch_id)
        return self._particulars[watch_id]

    async def open_of(self, reader: UserId) -> int:
        return sum(it.user_id == reader and not it.ended for it in self._watches.values())

    async def lows(self, isbn: Isbn) -> Sequence[Low]:
        return [low for low in self._lows.values() if low.isbn == isbn]

    async def hear(self, low: Low) -> None:
        key = (low.isbn.value, low.format.value, low.condition, low.currency)
        watched = any(it.isbn == low.isbn and not it.ended for it in self._watches.values())
        if watched and (key not in self._lows or self._lows[key].at < low.at):
            self._lows[key] = low

    async def one(self, watch_id: WatchId, owner: UserId | None, at: datetime) -> WatchView:
        it = self._found(watch_id)
        if owner is not None and it.user_id != owner:
            raise WatchNotFound("There is no such watch.")
        return self._view(it, at, self.stories[watch_id])

    async def of_reader(
        self, reader: UserId, at: datetime, *, ended: bool | None, before: WatchId | None, limit: int
    ) -> list[WatchView]:
        mine = [
            it
            for it in self._watches.values()
            if it.user_id == reader
            and (ended is None or it.ended is ended)
            and (before is None or it.id < before)
        ]
        newest = sorted(mine, key=lambda it: it.id, reverse=True)
        return [self._view(it, at, ()) for it in newest[:limit]]

    async def some(self, watch_ids: Collection[WatchId]) -> Mapping[WatchId, Watch]:
        return {one: deepcopy(self._watches[one]) for one in watch_ids if one in self._watches}

    async def page_to_wake(
        self, low: Low, at: datetime, *, after: WatchId | None, limit: int
    ) -> list[WatchId]:
        found = [
            it.id
            for it in self._watches.values()
            if it.isbn == low.isbn
            and it.terms.take(low)
            and (after is None or it.id > after)
            and it.would_change(seen(it.terms.mine(self._of(it))), at)
        ]
        return sorted(found)[:limit]

    async def of_purchase(self, purchase_id: PurchaseId) -> WatchId | None:
        mine = (it.id for it in self._watches.values() if it.attempt and it.purchase_id == purchase_id)
        return next(mine, None)

    async def overdue(self, before: datetime, limit: int, *, after: WatchId | None) -> list[WatchId]:
        late = [
            it.id
            for it in self._watches.values()
            if it.next_date is not None and it.next_date < before and (after is None or it.id > after)
        ]
        return sorted(late)[:limit]

    def _of(self, watch: Watch) -> list[Low]:
        return [low for low in self._lows.values() if low.isbn == watch.isbn]

    def _view(self, watch: Watch, at: datetime, story: Sequence[TimelineEntry]) -> WatchView:
        lows = sorted(
            watch.terms.mine(self._of(watch)),
            key=lambda low: (low.price is None, low.price.amount if low.price else 0, low.at),
        )
        return WatchView(watch=deepcopy(watch), at=at, lows=lows, timeline=list(story))

    def _found(self, watch_id: WatchId) -> Watch:
        if watch_id not in self._watches:
            raise WatchNotFound("There is no such watch.")
        return self._watches[watch_id]

    def _keep(self, watch: Watch) -> None:
        self.events += watch.drain_events()
        self.stories[watch.id] += watch.drain_story()
        self._watches[watch.id] = deepcopy(watch)
