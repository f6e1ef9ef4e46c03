"""The price list as carts and quotes read it."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from domain.books.edition import Format
from domain.quotes.offer import Offer
from domain.shared.ids import BookId
from domain.shared.money import Money

# A parcel is priced by weight; a book nobody has weighed counts as a common paperback.
UNWEIGHED_GRAMS: Final = 350
_OFFERS: Final = Statement("""
SELECT b.id, b.isbn, b.title, b.format, b.price, b.currency, b.weight_grams,
       coalesce(s.on_hand - s.held, 0) AS available
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.id = ANY(%(ids)s) AND b.withdrawn_at IS NULL
""")


class PostgresOffers:
    """The `Offers` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        """One indexed read."""
        found = {}
        for row in await self._database.all(_OFFERS, ids=list(book_ids)):
            digital = Format(row.format).is_digital
            found[BookId(row.id)] = Offer(
                book_id=row.id,
                isbn=row.isbn,
                title=row.title,
                format=row.format,
                price=Money(row.price, row.currency),
                weight_grams=0 if digital else row.weight_grams or UNWEIGHED_GRAMS,
                digital=digital,
                available=None if digital else row.available,
            )
        return found
