"""Watches as readers, staff and processes see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.watches.words import why
from domain.shared.ids import PurchaseId, UserId, WatchId
from domain.shared.timeline import TimelineEntry
from domain.watches.lows import Low, Seen, seen
from domain.watches.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchView:
    """A watch as it was at a moment, the prices last heard of what it waits for, and its story."""

    watch: Watch
    at: datetime
    lows: Sequence[Low]
    timeline: Sequence[TimelineEntry] = ()

    @property
    def price(self) -> Seen | None:
        """The least of them."""
        return seen(self.lows)

    @property
    def why(self) -> str:
        """What it waits for, or why it has not bought or told yet."""
        return why(self.watch, self.price, self.at)

    @property
    def would_act(self) -> bool:
        """Whether the price is low enough."""
        return self.price is not None and self.price.price <= self.watch.threshold


class WatchViews(Protocol):
    """The read side: never used to decide a change."""

    async def one(self, watch_id: WatchId, owner: UserId | None, at: datetime) -> WatchView:
        """With its story; with a reader's id, only if it is theirs. Raises `WatchNotFound`."""
        ...

    async def of_reader(
        self, reader: UserId, at: datetime, *, ended: bool | None, before: WatchId | None, limit: int
    ) -> list[WatchView]:
        """Newest first, starting below `before`; open ones, ended ones, or both. Without their stories."""
        ...

    async def some(self, watch_ids: Collection[WatchId]) -> Mapping[WatchId, Watch]:
        """Those of them that there are, for their processes."""
        ...

    async def page_to_wake(
        self, low: Low, at: datetime, *, after: WatchId | None, limit: int
    ) -> list[WatchId]:
        """Watches of the book and series of `low` that would change (`Watch.would_change`) by what is known
        of all their prices now; by id, from the one that follows `after`.
        """
        ...

    async def of_purchase(self, purchase_id: PurchaseId) -> WatchId | None:
        """Whose last attempt that purchase is."""
        ...

    async def overdue(self, before: datetime, limit: int, *, after: WatchId | None) -> list[WatchId]:
        """Watches that should have looked before that moment and did not; by id."""
        ...
