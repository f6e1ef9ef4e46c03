"""Sales figures in PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from domain.shared.ids import BookId, OrderId

# The mark on the line, the day's figure and the sums on the book change together: an event that comes twice
# counts once. Books are locked in the order of their ids, as everywhere.
_COUNT: Final = Statement("""
WITH bought AS (
    UPDATE order_lines l SET counted = true FROM orders o
    WHERE l.order_id = %(order_id)s AND NOT l.counted AND o.id = l.order_id
      AND o.status IN ('confirmed', 'completed')
    RETURNING l.book_id, l.quantity, (o.placed_at AT TIME ZONE 'UTC')::date AS day
), sums AS (
    SELECT book_id, day, sum(quantity) AS copies FROM bought GROUP BY book_id, day
), locked AS MATERIALIZED (
    SELECT b.id, s.day, s.copies FROM books b JOIN sums s ON s.book_id = b.id
    ORDER BY b.id FOR NO KEY UPDATE OF b
), noted AS (
    INSERT INTO book_sales (day, book_id, copies) SELECT day, id, copies FROM locked
    ON CONFLICT (day, book_id) DO UPDATE SET copies = book_sales.copies + excluded.copies
)
UPDATE books b SET sold = b.sold + l.copies, sold_lately = b.sold_lately + l.copies
FROM locked l WHERE b.id = l.id RETURNING b.id
""")
# A day that was let go meanwhile has left the recent figure already.
_TAKE_BACK: Final = Statement("""
WITH returned AS (
    UPDATE order_lines l SET counted = false FROM orders o
    WHERE l.order_id = %(order_id)s AND l.counted AND o.id = l.order_id
      AND o.status NOT IN ('confirmed', 'completed')
    RETURNING l.book_id, l.quantity, (o.placed_at AT TIME ZONE 'UTC')::date AS day
), sums AS (
    SELECT book_id, day, sum(quantity) AS copies FROM returned GROUP BY book_id, day
), locked AS MATERIALIZED (
    SELECT b.id, s.day, s.copies FROM books b JOIN sums s ON s.book_id = b.id
    ORDER BY b.id FOR NO KEY UPDATE OF b
), noted AS (
    UPDATE book_sales k SET copies = k.copies - l.copies FROM locked l
    WHERE k.day = l.day AND k.book_id = l.id RETURNING k.book_id, l.copies
)
UPDATE books b SET sold = b.sold - l.copies, sold_lately = b.sold_lately - coalesce(n.copies, 0)
FROM locked l LEFT JOIN noted n ON n.book_id = l.id WHERE b.id = l.id RETURNING b.id
""")
# By the primary key, whose days come first: nothing is read but what goes.
_FORGET: Final = Statement("""
WITH old AS MATERIALIZED (
    SELECT day, book_id FROM book_sales WHERE day < %(before)s ORDER BY day, book_id LIMIT %(at_most)s
), locked AS MATERIALIZED (
    SELECT b.id FROM books b WHERE b.id IN (SELECT book_id FROM old) ORDER BY b.id FOR NO KEY UPDATE
), gone AS (
    DELETE FROM book_sales k USING old o, locked l
    WHERE k.day = o.day AND k.book_id = o.book_id AND l.id = k.book_id
    RETURNING k.book_id, k.copies
), sums AS (
    SELECT book_id, sum(copies) AS copies FROM gone GROUP BY book_id
)
UPDATE books b SET sold_lately = b.sold_lately - s.copies FROM sums s WHERE b.id = s.book_id RETURNING b.id
""")


class PostgresSales:
    """The `Sales` port, each method one statement."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, order_id: OrderId) -> Sequence[BookId]:
        """For the day of the order."""
        return await self._changed(_COUNT, order_id=order_id)

    async def take_back(self, order_id: OrderId) -> Sequence[BookId]:
        """From the day for which it was counted."""
        return await self._changed(_TAKE_BACK, order_id=order_id)

    async def forget(self, before: date, at_most: int) -> Sequence[BookId]:
        """The oldest first."""
        return await self._changed(_FORGET, before=before, at_most=at_most)

    async def _changed(self, statement: Statement, **values: object) -> Sequence[BookId]:
        return [BookId(row.id) for row in await self._database.all(statement, **values)]
