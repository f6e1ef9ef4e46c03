"""A shop's catalogue in PostgreSQL, and the search documents made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Self
from uuid import uuid4

from adapters.postgres.database import Database
from adapters.postgres.repositories.books import PostgresBooks
from adapters.postgres.repositories.works import PostgresWorks
from adapters.postgres.search.documents import PostgresSearchDocuments
from adapters.postgres.statement import Statement
from application.search.document import Versioned
from domain.books.book import Book
from domain.books.edition import EditionFacts, Format
from domain.books.isbn import Isbn, isbn13_check_digit
from domain.books.work import Work, WorkFacts
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)


@dataclass
class Catalogued:
    """`documents` over `database`, which nothing else uses."""

    database: Database
    documents: PostgresSearchDocuments = field(init=False)

    def __post_init__(self) -> None:
        self.documents = PostgresSearchDocuments(self.database)

    async def emptied(self) -> Self:
        """Nothing is left but two shelves, one in the other."""
        tables = "search_documents, search_marks, search_waiting, search_words, works, categories"
        await self.run(f"TRUNCATE {tables} CASCADE")
        shelves = "('fiction', 'Fiction', NULL, 1), ('romance', 'Love stories', 'fiction', 2)"
        await self.run(f"INSERT INTO categories VALUES {shelves}")  # noqa: S608 - constants
        return self

    async def work(self, title: str = "Emma", author: str = "Jane Austen", **facts: object) -> WorkId:
        """A new one, marked, without an edition."""
        known = WorkFacts(title=f"{title} {next(_numbers)}", authors=(author,), **facts)  # type: ignore[arg-type] # any facts
        work = Work(id=WorkId(uuid4()), facts=known)
        async with self.database.transaction() as connection:
            await PostgresWorks(connection).add(work)
        await self.documents.mark([work.id], NOON)
        return work.id

    async def book(
        self,
        work: WorkId,
        kind: Format = Format.PAPERBACK,
        *,
        price: int = 1299,
        copies: int = 0,
        categories: Sequence[str] = (),
        details: dict[str, object] | None = None,
    ) -> BookId:
        """Another edition of it."""
        stem = f"978{next(_numbers):09d}"
        edition = EditionFacts(
            title="Emma",
            language="en-GB",
            published_date=date(2020, 2, 29),
            categories=tuple(categories),
            details=details or {},
        )
        book = Book.add(
            id=BookId(uuid4()),
            work_id=work,
            isbn=Isbn(stem + isbn13_check_digit(stem)),
            format=kind,
            facts=edition,
            price=Money(price, "USD"),
            at=NOON,
        )
        async with self.database.transaction() as connection:
            await PostgresBooks(connection).add(book)
        await self.run("INSERT INTO stock (book_id, on_hand) VALUES (%(book)s, %(copies)s)"
                       " ON CONFLICT (book_id) DO UPDATE SET on_hand = excluded.on_hand",
                       book=book.id, copies=copies)  # fmt: skip
        return book.id

    async def on_sale(self, **facts: object) -> WorkId:
        """A work with one edition and its document."""
        work = await self.work(**facts)  # type: ignore[arg-type] # any facts
        await self.book(work)
        await self.renewed()
        return work

    async def run(self, statement: str, **values: object) -> None:
        """Whatever changes the catalogue."""
        async with self.database.connection() as connection:
            await connection.run(Statement(statement), **values)

    async def reprice(self, work: WorkId, price: int) -> None:
        """All its editions cost this from now on."""
        await self.run("UPDATE books SET price = %(price)s WHERE work_id = %(work)s", work=work, price=price)

    async def renewed(self) -> None:
        """No mark is left."""
        while await self.documents.renew(100, NOON):
            pass

    async def everything(self) -> dict[WorkId, Versioned]:
        """All documents on sale."""
        return {one.document.work_id: one async for portion in self.documents.everything() for one in portion}

    async def of(self, work: WorkId) -> Versioned:
        """Its document."""
        return (await self.everything())[work]

    async def waiting(self) -> set[WorkId]:
        """Works whose newest version the index has not confirmed."""
        return {one.document.work_id for one in (await self.documents.unindexed(1_000)).documents}

    async def confirm(self) -> None:
        """The index has everything."""
        portion = await self.documents.unindexed(1_000)
        await self.documents.indexed(portion.generation, portion.documents)
