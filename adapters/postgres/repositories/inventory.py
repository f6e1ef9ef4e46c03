"""Stock in PostgreSQL: each step is one statement that moves counters, holds and ledger together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.inventory.errors import NoStockRecord, OutOfStock
from domain.inventory.stock import StockLevel
from domain.shared.ids import BookId, OrderId

# Rows are locked in the order of their ids, so that two baskets never wait for each other in a circle, and
# the predicate is checked again on the newest version after a wait (READ COMMITTED): no oversell.
_HOLD: Final = Statement("""
WITH wanted AS MATERIALIZED (
    SELECT * FROM unnest(%(books)s::uuid[], %(quantities)s::int[]) AS w (book_id, quantity)
), held AS (
    INSERT INTO holds (order_id, book_id, quantity, state, expires_at)
    SELECT %(order_id)s, book_id, quantity, 'held', %(expires_at)s FROM wanted
), told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    SELECT book_id, %(order_id)s, 'hold', 0, quantity, %(at)s FROM wanted
), locked AS MATERIALIZED (
    SELECT s.book_id, w.quantity FROM stock s JOIN wanted w USING (book_id)
    ORDER BY s.book_id FOR NO KEY UPDATE OF s
)
UPDATE stock s SET held = s.held + l.quantity FROM locked l
WHERE s.book_id = l.book_id AND s.on_hand - s.held >= l.quantity
RETURNING s.book_id
""")

_LEFT: Final = Statement(
    "SELECT book_id, on_hand - held AS available FROM stock WHERE book_id = ANY(%(books)s)"
)

_COMMIT: Final = Statement("""
UPDATE holds SET state = 'committed' WHERE order_id = %(order_id)s AND state = 'held'
""")

_LAPSED: Final = Statement("""
SELECT book_id, quantity FROM holds WHERE order_id = %(order_id)s AND state = 'released'
ORDER BY book_id FOR UPDATE
""")

_RETAKE: Final = Statement("""
WITH wanted AS (
    UPDATE holds SET state = 'committed' WHERE order_id = %(order_id)s AND state = 'released'
    RETURNING book_id, quantity
), told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    SELECT book_id, %(order_id)s, 'retake', 0, quantity, %(at)s FROM wanted
), locked AS MATERIALIZED (
    SELECT s.book_id, w.quantity FROM stock s JOIN wanted w USING (book_id)
    ORDER BY s.book_id FOR NO KEY UPDATE OF s
)
UPDATE stock s SET held = s.held + l.quantity FROM locked l
WHERE s.book_id = l.book_id AND s.on_hand - s.held >= l.quantity
RETURNING s.book_id
""")

_RELEASE: Final = Statement("""
WITH freed AS (
    UPDATE holds SET state = 'released' WHERE order_id = %(order_id)s AND state IN ('held', 'committed')
    RETURNING book_id, quantity
), told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    SELECT book_id, %(order_id)s, 'release', 0, -quantity, %(at)s FROM freed
), locked AS MATERIALIZED (
    SELECT s.book_id, f.quantity FROM stock s JOIN freed f USING (book_id)
    ORDER BY s.book_id FOR NO KEY UPDATE OF s
)
UPDATE stock s SET held = s.held - l.quantity FROM locked l WHERE s.book_id = l.book_id
""")

_SHIP: Final = Statement("""
WITH gone AS (
    UPDATE holds SET state = 'shipped' WHERE order_id = %(order_id)s AND state = 'committed'
    RETURNING book_id, quantity
), told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    SELECT book_id, %(order_id)s, 'ship', -quantity, -quantity, %(at)s FROM gone
), locked AS MATERIALIZED (
    SELECT s.book_id, g.quantity FROM stock s JOIN gone g USING (book_id)
    ORDER BY s.book_id FOR NO KEY UPDATE OF s
)
UPDATE stock s SET held = s.held - l.quantity, on_hand = s.on_hand - l.quantity
FROM locked l WHERE s.book_id = l.book_id
""")

_RECEIVE: Final = Statement("""
WITH told AS (
    INSERT INTO stock_movements (book_id, kind, on_hand, held, reason, at)
    SELECT book_id, 'receipt', %(quantity)s, 0, %(reason)s, %(at)s FROM stock WHERE book_id = %(book_id)s
)
UPDATE stock SET on_hand = on_hand + %(quantity)s WHERE book_id = %(book_id)s
RETURNING book_id, on_hand, held
""")

_LEVEL: Final = Statement("SELECT book_id, on_hand, held FROM stock WHERE book_id = %(book_id)s")

# All of them in one statement: order by order, their books would be locked in no order at all, and buyers of
# the same books would wait for housekeeping in a circle. Holds that somebody is just paying for are skipped.
_RELEASE_LAPSED: Final = Statement("""
WITH lapsed AS MATERIALIZED (
    SELECT order_id, book_id FROM holds WHERE state = 'held' AND expires_at < %(before)s
    ORDER BY expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), freed AS (
    UPDATE holds h SET state = 'released' FROM lapsed l
    WHERE h.order_id = l.order_id AND h.book_id = l.book_id
    RETURNING h.order_id, h.book_id, h.quantity
), told AS (
    INSERT INTO stock_movements (book_id, order_id, kind, on_hand, held, at)
    SELECT book_id, order_id, 'release', 0, -quantity, %(at)s FROM freed
), copies AS (
    SELECT book_id, sum(quantity) AS quantity FROM freed GROUP BY book_id
), locked AS MATERIALIZED (
    SELECT s.book_id, c.quantity FROM stock s JOIN copies c USING (book_id)
    ORDER BY s.book_id FOR NO KEY UPDATE OF s
), back AS (
    UPDATE stock s SET held = s.held - l.quantity FROM locked l WHERE s.book_id = l.book_id
)
SELECT count(*) AS holds FROM freed
""")


class PostgresInventory:
    """The `Inventory` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold(
        self, order_id: OrderId, wanted: Mapping[BookId, int], *, expires_at: datetime, at: datetime
    ) -> None:
        """All or none: the caller's transaction rolls back on `OutOfStock`."""
        taken = await self._connection.all(
            _HOLD,
            books=list(wanted),
            quantities=list(wanted.values()),
            order_id=order_id,
            expires_at=expires_at,
            at=at,
        )
        await self._require_all(set(wanted), {row.book_id for row in taken})

    async def commit(self, order_id: OrderId, at: datetime) -> None:
        """Held becomes committed; what had lapsed is taken again."""
        await self._connection.run(_COMMIT, order_id=order_id)
        lapsed = {row.book_id for row in await self._connection.all(_LAPSED, order_id=order_id)}
        if lapsed:
            taken = await self._connection.all(_RETAKE, order_id=order_id, at=at)
            await self._require_all(lapsed, {row.book_id for row in taken})

    async def release(self, order_id: OrderId, at: datetime) -> None:
        """Back to the shelf."""
        await self._connection.run(_RELEASE, order_id=order_id, at=at)

    async def ship(self, order_id: OrderId, at: datetime) -> None:
        """Out of the house."""
        await self._connection.run(_SHIP, order_id=order_id, at=at)

    async def receive(self, book_id: BookId, quantity: int, reason: str, at: datetime) -> StockLevel:
        """Copies arrive."""
        StockLevel(book_id).receive(quantity)
        row = await self._connection.one(_RECEIVE, book_id=book_id, quantity=quantity, reason=reason, at=at)
        if row is None:
            raise NoStockRecord("The shop keeps no stock of this book.")
        before = StockLevel(row.book_id, row.on_hand - quantity, row.held)
        return before.receive(quantity)  # or undone with the transaction, when they are too many

    async def level(self, book_id: BookId) -> StockLevel:
        """How many there are."""
        row = await self._connection.one(_LEVEL, book_id=book_id)
        if row is None:
            raise NoStockRecord("The shop keeps no stock of this book.")
        return StockLevel(row.book_id, row.on_hand, row.held)

    async def release_lapsed(self, before: datetime, at: datetime, limit: int) -> int:
        """Oldest first."""
        row = await self._connection.one(_RELEASE_LAPSED, before=before, at=at, limit=limit)
        return row.holds if row else 0

    async def _require_all(self, wanted: set[BookId], taken: set[BookId]) -> None:
        short = wanted - taken
        if short:
            rows = await self._connection.all(_LEFT, books=list(short))
            left = {row.book_id: row.available for row in rows}
            raise OutOfStock.of({book: left.get(book, 0) for book in short})
