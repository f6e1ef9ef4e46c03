"""Works as they are shown: one statement, however many they are."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from application.search.results import HitBook, RatingSummary, WorkCard
from domain.books.work import Series
from domain.reviews.rating import average
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

_CARDS: Final = Statement("""
SELECT w.id, w.title, w.series_name, w.series_number,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       coalesce(r.rating_stars, 0) AS stars, coalesce(r.rating_count, 0) AS rating_count,
       e.cover, coalesce(nullif(w.description, ''), e.summary) AS description, e.books
FROM works w LEFT JOIN work_ratings r ON r.work_id = w.id CROSS JOIN LATERAL (
    SELECT json_agg(json_build_array(
               b.id, b.isbn, b.format, b.price, b.currency,
               b.format IN ('ebook', 'audiobook') OR coalesce(s.on_hand > s.held, false)
           ) ORDER BY b.price, b.id) AS books,
           (array_agg(b.cover ORDER BY b.sold_lately DESC, b.sold DESC, b.price, b.id)
            FILTER (WHERE b.cover <> ''))[1] AS cover,
           (array_agg(b.details ->> 'summary' ORDER BY b.sold_lately DESC, b.sold DESC, b.price, b.id)
            FILTER (WHERE b.details ->> 'summary' <> ''))[1] AS summary
    FROM books b LEFT JOIN stock s ON s.book_id = b.id
    WHERE b.work_id = w.id AND b.withdrawn_at IS NULL
) AS e
WHERE w.id = ANY(%(works)s) AND e.books IS NOT NULL
""")
_WORK_OF: Final = Statement("SELECT work_id FROM books WHERE isbn = %(isbn)s AND withdrawn_at IS NULL")


class PostgresWorkCards:
    """The `WorkCards` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cards(self, works: Sequence[WorkId]) -> Mapping[WorkId, WorkCard]:
        """The cheapest edition first."""
        rows = await self._database.all(_CARDS, works=list(works))
        return {WorkId(row.id): _card(row) for row in rows}

    async def work_of(self, isbn: Isbn) -> WorkId | None:
        """One indexed read."""
        row = await self._database.one(_WORK_OF, isbn=isbn.value)
        return WorkId(row.work_id) if row else None


def _card(row: Row) -> WorkCard:
    return WorkCard(
        work_id=WorkId(row.id),
        title=row.title,
        authors=row.authors,
        series=Series(row.series_name, row.series_number) if row.series_name else None,
        rating=_summary(row.stars, row.rating_count),
        cover=row.cover,
        description=row.description,
        books=[_book(edition) for edition in row.books],
    )


def _summary(stars: int, count: int) -> RatingSummary:
    hundredths = average(stars, count)
    return RatingSummary(None if hundredths is None else hundredths / 100, count)


def _book(edition: Sequence[Any]) -> HitBook:
    key, isbn, form, price, currency, available = edition
    return HitBook(
        id=BookId(UUID(key)),
        isbn=isbn,
        format=Format(form),
        price=Money(price, currency),
        available=available,
    )
