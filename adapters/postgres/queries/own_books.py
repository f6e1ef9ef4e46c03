"""The shop's own books beside those of others."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from application.external_books.book import ExternalBook
from application.external_books.find_external_books import OWN
from application.external_books.question import Question
from domain.books.text import matching_key
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn

_ON_SALE: Final = Statement("SELECT isbn, id FROM books WHERE isbn = ANY(%(isbns)s) AND withdrawn_at IS NULL")
_COLUMNS: Final = """
SELECT b.id, b.isbn, b.title, b.publisher, b.published_date, b.language, b.pages, b.cover, w.description,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       ARRAY(SELECT category FROM book_categories c WHERE c.book_id = b.id ORDER BY c.position) AS categories
FROM books b JOIN works w ON w.id = b.work_id
"""
_BY_ISBN: Final = Statement(_COLUMNS + "WHERE b.isbn = %(isbn)s AND b.withdrawn_at IS NULL")
# Both keys are indexed in the C collation, so a beginning is a range of the index: a shop of a million books
# answers as fast as a small one. Finding what stands in the middle of a title is the search's trade.
_BEGINNING: Final = """
WHERE b.withdrawn_at IS NULL AND w.id IN (
    (SELECT id FROM works WHERE key >= %(key)s AND key < %(key)s || chr(1114111) LIMIT %(limit)s)
    UNION (SELECT work_id FROM work_authors WHERE key = %(key)s LIMIT %(limit)s))
ORDER BY b.sold DESC, b.id LIMIT %(limit)s
"""
_BY_WORDS: Final = Statement(_COLUMNS + _BEGINNING)


class PostgresOwnBooks:
    """The `OwnBooks` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def on_sale(self, isbns: Sequence[Isbn]) -> Mapping[Isbn, BookId]:
        """See the port."""
        rows = await self._database.all(_ON_SALE, isbns=[isbn.value for isbn in isbns]) if isbns else []
        return {Isbn(row.isbn): BookId(row.id) for row in rows}

    async def matching(self, question: Question, limit: int) -> Sequence[ExternalBook]:
        """See the port."""
        if question.isbn is not None:
            rows = await self._database.all(_BY_ISBN, isbn=question.isbn.value)
        else:
            rows = await self._database.all(_BY_WORDS, key=matching_key(question.words), limit=limit)
        return [_book(row) for row in rows]


def _book(row: Row) -> ExternalBook:
    return ExternalBook(
        isbn=Isbn(row.isbn),
        title=row.title,
        source=OWN,
        source_id=str(row.id),
        authors=tuple(row.authors),
        publisher=row.publisher,
        published_date=row.published_date.isoformat() if row.published_date else None,
        language=row.language,
        pages=row.pages,
        description=row.description,
        categories=tuple(row.categories),
        cover=row.cover,
    )
