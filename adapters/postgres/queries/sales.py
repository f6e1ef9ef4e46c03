"""Sales figures in PostgreSQL."""

from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from domain.shared.ids import OrderId

# The mark on the line and the sum on the book change together: an event that comes twice counts once.
_COUNT: Final = Statement("""
WITH bought AS (
    UPDATE order_lines SET counted = true WHERE order_id = %(order_id)s AND NOT counted
    RETURNING book_id, quantity
), sums AS (
    SELECT book_id, sum(quantity) AS copies FROM bought GROUP BY book_id
), locked AS MATERIALIZED (
    SELECT b.id, s.copies FROM books b JOIN sums s ON s.book_id = b.id ORDER BY b.id FOR NO KEY UPDATE OF b
)
UPDATE books b SET sold = b.sold + l.copies FROM locked l WHERE b.id = l.id RETURNING b.id
""")


class PostgresSales:
    """The `Sales` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, order_id: OrderId) -> None:
        """One statement."""
        await self._database.all(_COUNT, order_id=order_id)
