"""Works as they are shown: two statements, however many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from application.search.results import HitBook, RatingSummary, WorkCard
from domain.books.work import Series
from domain.reviews.rating import average
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

_WORKS: Final = Statement("""
SELECT w.id, w.title, w.series_name, w.series_number, w.description,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       coalesce(r.rating_stars, 0) AS stars, coalesce(r.rating_count, 0) AS rating_count
FROM works w LEFT JOIN work_ratings r ON r.work_id = w.id
WHERE w.id = ANY(%(works)s)
""")
_EDITIONS: Final = Statement("""
SELECT b.work_id, b.id, b.isbn, b.format, b.price, b.currency, b.cover, b.sold_lately, b.sold,
       b.details ->> 'summary' AS summary,
       b.format IN ('ebook', 'audiobook') OR coalesce(s.on_hand > s.held, false) AS available
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.work_id = ANY(%(works)s) AND b.withdrawn_at IS NULL ORDER BY b.price, b.id
""")
_WORK_OF: Final = Statement("SELECT work_id FROM books WHERE isbn = %(isbn)s AND withdrawn_at IS NULL")


class PostgresWorkCards:
    """The `WorkCards` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cards(self, works: Sequence[WorkId]) -> Mapping[WorkId, WorkCard]:
        """On one connection; the cheapest edition first."""
        async with self._database.connection() as connection:
            rows = await connection.all(_WORKS, works=list(works))
            editions: defaultdict[WorkId, list[Row]] = defaultdict(list)
            for row in await connection.all(_EDITIONS, works=list(works)):
                editions[row.work_id].append(row)
        return {WorkId(row.id): _card(row, editions[row.id]) for row in rows if row.id in editions}

    async def work_of(self, isbn: Isbn) -> WorkId | None:
        """One indexed read."""
        row = await self._database.one(_WORK_OF, isbn=isbn.value)
        return WorkId(row.work_id) if row else None


def _card(row: Row, editions: Sequence[Row]) -> WorkCard:
    most_sold = sorted(editions, key=lambda e: (e.sold_lately, e.sold), reverse=True)
    return WorkCard(
        work_id=WorkId(row.id),
        title=row.title,
        authors=row.authors,
        series=Series(row.series_name, row.series_number) if row.series_name else None,
        rating=_summary(row.stars, row.rating_count),
        cover=next((edition.cover for edition in most_sold if edition.cover), None),
        description=row.description or next((e.summary for e in most_sold if e.summary), None),
        books=[_book(edition) for edition in editions],
    )


def _summary(stars: int, count: int) -> RatingSummary:
    hundredths = average(stars, count)
    return RatingSummary(None if hundredths is None else hundredths / 100, count)


def _book(row: Row) -> HitBook:
    return HitBook(
        id=BookId(row.id),
        isbn=row.isbn,
        format=Format(row.format),
        price=Money(row.price, row.currency),
        available=row.available,
    )
