"""Watches as they are looked at: plain reads, no locks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.repositories.watch_rows import low_from, watch_from
from adapters.postgres.statement import Statement
from application.watches.views import WatchView
from domain.shared.ids import PurchaseId, UserId, WatchId
from domain.shared.timeline import TimelineEntry, TimelineKind
from domain.watches.errors import WatchNotFound
from domain.watches.lows import Low
from domain.watches.watch import Watch

_ONE: Final = Statement("SELECT * FROM watches WHERE id = %(id)s")
_TIMELINE: Final = Statement("""
SELECT at, kind, text FROM watch_timeline WHERE watch_id = %(id)s ORDER BY id DESC LIMIT %(limit)s
""")
_LOWS: Final = Statement("SELECT * FROM watched_prices WHERE isbn = ANY(%(isbns)s) ORDER BY price, at")
_MINE: Final = Statement("""
SELECT * FROM watches
WHERE user_id = %(reader)s AND id < %(before)s
  AND (%(ended)s::boolean IS NULL OR (status = 'ended') = %(ended)s::boolean)
ORDER BY id DESC LIMIT %(limit)s
""")
_SOME: Final = Statement("SELECT * FROM watches WHERE id = ANY(%(ids)s)")
# `Watch.would_change` in SQL, for all watches of a book at once, along the index of those that wait. The
# book's few prices are joined to each; what is left is compared without reading anything else.
_TO_WAKE: Final = Statement("""
SELECT w.id FROM watches w CROSS JOIN LATERAL (
    SELECT min(p.price) AS price, max(p.at) AS at FROM watched_prices p
    WHERE p.isbn = w.isbn AND p.currency = w.currency AND p.price IS NOT NULL
      AND p.format = ANY(w.formats) AND p.condition = ANY(w.conditions)
) low
WHERE w.isbn = %(isbn)s AND w.currency = %(currency)s AND w.id > %(after)s
  AND w.status IN ('active', 'awaiting_veto') AND low.price IS NOT NULL
  AND %(format)s = ANY(w.formats) AND %(condition)s = ANY(w.conditions)
  AND CASE
      WHEN w.status = 'awaiting_veto' THEN low.price > w.threshold
      WHEN low.price > w.threshold
          THEN w.fired_at IS NOT NULL AND (w.looked_at IS NULL OR w.looked_at < low.at)
      ELSE (w.held_until IS NULL OR w.held_until <= %(at)s)
          AND (w.fired_at IS NULL OR w.clears > 0 OR low.price * 100 <= w.fired_at * 98)
  END
ORDER BY w.id LIMIT %(limit)s
""")
_OF_PURCHASE: Final = Statement("SELECT id FROM watches WHERE purchase_id = %(purchase_id)s")
_OVERDUE: Final = Statement("""
SELECT id FROM watches WHERE wakes_at < %(before)s AND id > %(after)s ORDER BY id LIMIT %(limit)s
""")
SENTENCES: Final = 100  # of a watch that lives two years the last ones
_BEFORE_ALL: Final = UUID(int=0)
_AFTER_ALL: Final = UUID(int=(1 << 128) - 1)


class PostgresWatchViews:
    """The `WatchViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, watch_id: WatchId, owner: UserId | None, at: datetime) -> WatchView:
        """The watch, its prices, its story."""
        row = await self._database.one(_ONE, id=watch_id)
        if row is None or (owner is not None and row.user_id != owner):
            raise WatchNotFound("There is no such watch.")
        told = await self._database.all(_TIMELINE, id=watch_id, limit=SENTENCES)
        story = [TimelineEntry(each.at, TimelineKind(each.kind), each.text) for each in reversed(told)]
        watch, lows = watch_from(row), await self._lows([row])
        return WatchView(watch=watch, at=at, lows=watch.terms.mine(lows), timeline=story)

    async def of_reader(
        self, reader: UserId, at: datetime, *, ended: bool | None, before: WatchId | None, limit: int
    ) -> list[WatchView]:
        """Along the reader's own index."""
        rows = await self._database.all(
            _MINE, reader=reader, ended=ended, before=before or _AFTER_ALL, limit=limit
        )
        lows = await self._lows(rows)
        return [_view(watch_from(row), lows, at) for row in rows]

    async def some(self, watch_ids: Collection[WatchId]) -> Mapping[WatchId, Watch]:
        """By primary key."""
        rows = await self._database.all(_SOME, ids=list(watch_ids))
        return {WatchId(row.id): watch_from(row) for row in rows}

    async def page_to_wake(
        self, low: Low, at: datetime, *, after: WatchId | None, limit: int
    ) -> list[WatchId]:
        """Along the index of those that wait for a price of the book."""
        rows = await self._database.all(
            _TO_WAKE,
            isbn=low.isbn.value,
            currency=low.currency,
            format=low.format.value,
            condition=low.condition,
            at=at,
            after=after or _BEFORE_ALL,
            limit=limit,
        )
        return [WatchId(row.id) for row in rows]

    async def of_purchase(self, purchase_id: PurchaseId) -> WatchId | None:
        """One indexed read."""
        row = await self._database.one(_OF_PURCHASE, purchase_id=purchase_id)
        return WatchId(row.id) if row else None

    async def overdue(self, before: datetime, limit: int, *, after: WatchId | None) -> list[WatchId]:
        """Along the index of dates: mostly there is none."""
        rows = await self._database.all(_OVERDUE, before=before, limit=limit, after=after or _BEFORE_ALL)
        return [WatchId(row.id) for row in rows]

    async def _lows(self, rows: Collection[Row]) -> list[Low]:
        if not rows:
            return []
        found = await self._database.all(_LOWS, isbns=list({row.isbn for row in rows}))
        return [low_from(row) for row in found]


def _view(watch: Watch, lows: Collection[Low], at: datetime) -> WatchView:
    return WatchView(watch=watch, at=at, lows=watch.terms.mine(low for low in lows if low.isbn == watch.isbn))
