"""A shop's catalogue, in memory and in PostgreSQL, and the search documents made of it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Self

from uuid_utils.compat import uuid7

from adapters.postgres.database import Database
from adapters.postgres.repositories.books import PostgresBooks
from adapters.postgres.repositories.works import PostgresWorks
from adapters.postgres.search.documents import PostgresSearchDocuments
from adapters.postgres.statement import Statement
from application.search.document import CatalogueWork, IndexedEdition, Versioned
from application.search.ports import SearchDocuments
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.work import Work, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.search_documents import InMemoryDocuments

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)


class Documented(ABC):
    """A catalogue that changes, and the documents that follow it."""

    documents: SearchDocuments

    @abstractmethod
    async def emptied(self) -> Self:
        """Without works."""

    @abstractmethod
    async def work(self, title: str = "Emma", author: str = "Jane Austen", **facts: object) -> WorkId:
        """A new one, marked, without an edition."""

    @abstractmethod
    async def book(self, work: WorkId, kind: Format = Format.PAPERBACK, *, price: int = 1299) -> BookId:
        """Another edition of it."""

    @abstractmethod
    async def reprice(self, work: WorkId, price: int) -> None:
        """All its editions cost this from now on."""

    @abstractmethod
    async def withdraw(self, work: WorkId) -> None:
        """None of its editions is sold any more."""

    @abstractmethod
    async def lose_document(self, work: WorkId) -> None:
        """Something else than the shop removed it."""

    @abstractmethod
    async def unmark(self) -> None:
        """Nothing is marked."""

    async def on_sale(self, **facts: object) -> WorkId:
        """A work with one edition and its document."""
        work = await self.work(**facts)  # type: ignore[arg-type] # any facts
        await self.book(work)
        await self.renewed()
        return work

    async def changed(self, work: WorkId, price: int, at: datetime = NOON) -> None:
        """It has another price, and the document says so."""
        await self.reprice(work, price)
        await self.documents.mark([work], at)
        await self.documents.renew(100, at)

    async def renewed(self) -> None:
        """No mark is left."""
        while (await self.documents.renew(100, NOON)).marks:
            pass

    async def everything(self) -> dict[WorkId, Versioned]:
        """All documents on sale."""
        found = self.documents.everything()
        return {one.document.work_id: one async for portion in found for one in portion}

    async def of(self, work: WorkId) -> Versioned:
        """Its document."""
        return (await self.everything())[work]

    async def waiting(self) -> set[WorkId]:
        """Works whose newest version the index has not confirmed."""
        return {one.document.work_id for one in (await self.documents.unindexed(1_000)).documents}

    async def confirmed(self) -> dict[WorkId, int]:
        """The version of each that the index has."""
        return {work: version async for portion in self.documents.confirmed() for work, version in portion}

    async def confirm(self) -> None:
        """The index has everything."""
        portion = await self.documents.unindexed(1_000)
        await self.documents.indexed(portion.generation, portion.documents)


class RememberedCatalogue(Documented):
    """In memory."""

    def __init__(self) -> None:
        self._works: dict[WorkId, CatalogueWork] = {}
        self._kept = InMemoryDocuments(self._works.values)
        self.documents = self._kept

    async def emptied(self) -> Self:
        return self

    async def work(self, title: str = "Emma", author: str = "Jane Austen", **facts: object) -> WorkId:
        known = WorkFacts(title=title, authors=(author,), **facts)  # type: ignore[arg-type] # any facts
        work = CatalogueWork(id=WorkId(uuid7()), facts=known, editions=(), categories=())
        self._works[work.id] = work
        await self.documents.mark([work.id], NOON)
        return work.id

    async def book(self, work: WorkId, kind: Format = Format.PAPERBACK, *, price: int = 1299) -> BookId:
        edition = IndexedEdition(
            isbn="9780000000000",
            format=kind.value,
            title="Emma",
            price=price,
            language=None,
            published_date=None,
            summary=None,
            available=True,
        )
        self._works[work] = replace(self._works[work], editions=(*self._works[work].editions, edition))
        return BookId(work)

    async def reprice(self, work: WorkId, price: int) -> None:
        repriced = [replace(edition, price=price) for edition in self._works[work].editions]
        self._works[work] = replace(self._works[work], editions=repriced)

    async def withdraw(self, work: WorkId) -> None:
        self._works[work] = replace(self._works[work], editions=())

    async def lose_document(self, work: WorkId) -> None:
        del self._kept.made[work]

    async def unmark(self) -> None:
        self._kept.marked.clear()


class Catalogued(Documented):
    """In PostgreSQL, in a database that nothing else uses."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.documents = PostgresSearchDocuments(database)

    async def emptied(self) -> Self:
        """Nothing is left but two shelves, one in the other."""
        tables = "search_documents, search_marks, search_waiting, search_words, works, categories"
        await self.run(f"TRUNCATE {tables} CASCADE")
        shelves = "('fiction', 'Fiction', NULL, 1), ('romance', 'Love stories', 'fiction', 2)"
        await self.run(f"INSERT INTO categories VALUES {shelves}")  # noqa: S608 - constants
        return self

    async def work(self, title: str = "Emma", author: str = "Jane Austen", **facts: object) -> WorkId:
        known = WorkFacts(title=f"{title} {next(_numbers)}", authors=(author,), **facts)  # type: ignore[arg-type] # any facts
        work = Work(id=WorkId(uuid7()), facts=known)
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
        stem = f"978{next(_numbers):09d}"
        edition = EditionFacts(
            title="Emma",
            language="en-GB",
            published_date=date(2020, 2, 29),
            categories=tuple(categories),
            details=details or {},
        )
        book = Book.add(
            id=BookId(uuid7()),
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

    async def run(self, statement: str, **values: object) -> None:
        """Whatever changes the catalogue."""
        async with self.database.connection() as connection:
            await connection.run(Statement(statement), **values)

    async def reprice(self, work: WorkId, price: int) -> None:
        await self.run("UPDATE books SET price = %(price)s WHERE work_id = %(work)s", work=work, price=price)

    async def withdraw(self, work: WorkId) -> None:
        await self.run("UPDATE books SET withdrawn_at = now() WHERE work_id = %(work)s", work=work)

    async def lose_document(self, work: WorkId) -> None:
        await self.run("DELETE FROM search_documents WHERE work_id = %(work)s", work=work)

    async def unmark(self) -> None:
        await self.run("DELETE FROM search_marks")
