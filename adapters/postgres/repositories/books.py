"""Editions in PostgreSQL."""

from typing import Final

from psycopg.errors import ForeignKeyViolation, UniqueViolation
from sqlalchemy import bindparam, insert, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.book_rows import book_from, book_row, edition_row
from adapters.postgres.statement import Statement
from adapters.postgres.tables.books import books
from domain.books.book import Book
from domain.books.errors import BookNotFound, DuplicateIsbn
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn

_SELECT: Final = """
SELECT b.*, ARRAY(SELECT category FROM book_categories WHERE book_id = b.id ORDER BY position) AS categories
FROM books b WHERE
"""
_LOAD: Final = Statement(f"{_SELECT} b.id = %(id)s")
_BY_ISBN: Final = Statement(f"{_SELECT} b.isbn = %(isbn)s")
_FIGURES: Final = {"sold", "sold_lately", "rating_count", "rating_stars"}  # counted, never said
_ADD: Final = Statement(
    insert(books).values({c.name: bindparam(c.name) for c in books.c if c.name not in _FIGURES})
)
# After the edition is there: what rates its work waits for it, or it has waited for that.
_RATE: Final = Statement("""
UPDATE books b SET rating_count = r.rating_count, rating_stars = r.rating_stars
FROM work_ratings r WHERE b.id = %(id)s AND r.work_id = b.work_id
""")
# Copies can only arrive where there is a row to count them; what is digital never runs out.
_OPEN_STOCK: Final = Statement("INSERT INTO stock (book_id) VALUES (%(id)s)")
_MUTABLE: Final = (
    "title",
    "sorting_key",
    "publisher",
    "published_date",
    "language",
    "pages",
    "weight_grams",
    "cover",
    "details",
    "price",
    "currency",
    "withdrawn_at",
)
_SAVE: Final = Statement(
    update(books)
    .where(books.c.id == bindparam("of_id"), books.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": books.c.version + 1})
)
_FORGET_CATEGORIES: Final = Statement("DELETE FROM book_categories WHERE book_id = %(id)s")
_SHELVE: Final = Statement("""
INSERT INTO book_categories (book_id, category, position)
SELECT %(id)s, c.slug, c.position FROM unnest(%(slugs)s::text[]) WITH ORDINALITY AS c (slug, position)
""")


class PostgresBooks:
    """The `Books` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, book_id: BookId) -> Book:
        """One indexed read, without a lock: whoever saves an older version is refused."""
        row = await self._connection.one(_LOAD, id=book_id)
        if row is None:
            raise BookNotFound("There is no such book.")
        return book_from(row)

    async def by_isbn(self, isbn: Isbn) -> Book | None:
        """One indexed read, without a lock."""
        row = await self._connection.one(_BY_ISBN, isbn=isbn.value)
        return None if row is None else book_from(row)

    async def add(self, book: Book) -> None:
        """The edition, its shelves, an empty stock if it has one, and its first event."""
        try:
            await self._connection.run(_ADD, **book_row(book))
        except UniqueViolation as taken:
            raise DuplicateIsbn(
                f"There is a book with ISBN {book.isbn} already.", isbn=book.isbn.value
            ) from taken
        await self._connection.run(_RATE, id=book.id)
        if not book.format.is_digital:
            await self._connection.run(_OPEN_STOCK, id=book.id)
        await self._shelve(book)
        await write_events(self._connection, book.drain_events())

    async def save(self, book: Book) -> None:
        """What may change, if anything did."""
        events = book.drain_events()
        if not events:
            return
        mutable = edition_row(book.facts) | {
            "price": book.price.amount,
            "currency": book.price.currency,
            "withdrawn_at": book.withdrawn_at,
        }
        changed = await self._connection.run(
            _SAVE,
            of_id=book.id,
            read_version=book.version,
            **{f"new_{name}": value for name, value in mutable.items()},
        )
        if changed == 0:
            raise StaleVersion("The book changed since it was read; read it again.")
        book.version += 1
        await self._connection.run(_FORGET_CATEGORIES, id=book.id)
        await self._shelve(book)
        await write_events(self._connection, events)

    async def _shelve(self, book: Book) -> None:
        if not book.facts.categories:
            return
        try:
            await self._connection.run(_SHELVE, id=book.id, slugs=list(book.facts.categories))
        except ForeignKeyViolation as unknown:
            raise InvalidInput("categories", "One of these is no category of this shop.") from unknown
