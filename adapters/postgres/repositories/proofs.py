"""What readers bought, in PostgreSQL: orders tell, and nothing is copied from them."""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.shared.ids import OrderId, ReviewId, UserId, WorkId

# A book is kept while less has gone back for it than was paid; one that a coupon paid for is kept.
PROOF: Final = """
SELECT o.id
FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN books b ON b.id = l.book_id
WHERE o.user_id = {reader} AND b.work_id = {work_id}
  AND o.payment_status IN ('captured', 'partially_refunded')
GROUP BY o.id, l.book_id
HAVING coalesce((
    SELECT sum((back ->> 'amount')::bigint)
    FROM refunds r CROSS JOIN jsonb_array_elements(r.lines) AS back
    WHERE r.order_id = o.id AND r.status = 'succeeded' AND back ->> 'book_id' = l.book_id::text
), 0) < greatest(sum(l.quantity * l.unit_price - l.discount + l.tax), 1)
ORDER BY o.id DESC LIMIT 1
"""
_PROOF: Final = Statement(PROOF.format(reader="%(reader)s", work_id="%(work_id)s"))
# In the order of works: whoever locks several locks them so.
_CONCERNED: Final = Statement("""
SELECT r.id, r.work_id FROM reviews r WHERE r.purchase = %(order_id)s AND r.state <> 'withdrawn'
UNION
SELECT r.id, r.work_id
FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN books b ON b.id = l.book_id
JOIN reviews r ON r.work_id = b.work_id AND r.user_id = o.user_id AND r.state <> 'withdrawn'
WHERE o.id = %(order_id)s
ORDER BY work_id
""")


class PostgresProofs:
    """The `ProofsOfPurchase` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def proof(self, reader: UserId, work_id: WorkId) -> OrderId | None:
        """Along the reader's own orders, which are few."""
        row = await self._connection.one(_PROOF, reader=reader, work_id=work_id)
        return None if row is None else OrderId(row.id)

    async def concerned(self, order_id: OrderId) -> Sequence[ReviewId]:
        """Nearly always none: most who buy do not write."""
        return [ReviewId(row.id) for row in await self._connection.all(_CONCERNED, order_id=order_id)]
