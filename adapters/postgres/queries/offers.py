"""The price list, with what is left on the shelf."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from domain.quotes.offer import Offer
from domain.shared.edition_format import Format
from domain.shared.ids import BookId
from domain.shared.money import Money
from domain.shipping.weights import copy_grams

# One round trip for a whole cart: two primary keys looked up for each book. Every cart, quote and checkout
# passes here.
_OFFERS: Final = Statement("""
SELECT b.id, b.isbn, b.title, b.format, b.price, b.currency, b.weight_grams,
       b.withdrawn_at IS NULL AS on_sale, coalesce(s.on_hand - s.held, 0) AS available
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.id = ANY(%(book_ids)s)
""")


class PostgresOffers:
    """The `Offers` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        """As of this moment; nothing is set aside."""
        rows = await self._database.all(_OFFERS, book_ids=list(book_ids))
        return {row.id: _offer(row) for row in rows}


def _offer(row: Row) -> Offer:
    digital = Format(row.format).is_digital
    return Offer(
        book_id=row.id,
        isbn=row.isbn,
        title=row.title,
        format=row.format,
        price=Money(row.price, row.currency),
        weight_grams=copy_grams(row.format, row.weight_grams),
        digital=digital,
        available=None if digital else row.available,
        on_sale=row.on_sale,
    )
