"""What every store of books and works must do, in memory and in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.books import PostgresBooks
from adapters.postgres.repositories.works import PostgresCategories, PostgresWorks
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.errors import BookNotFound, DuplicateIsbn, DuplicateWork, WorkNotFound
from domain.books.ports import Books, Categories, Works
from domain.books.work import Series, Work, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.books import SHELVES, InMemoryBooks, InMemoryCategories, InMemoryWorks

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FULL = EditionFacts(
    title="Emma 📖",
    publisher="Octavo Classics",
    published_date=date(2020, 2, 29),
    language="pt-BR",
    pages=474,
    weight_grams=520,
    cover="https://pictures.example/emma.png",
    categories=("romance", "fiction"),
    details={"translator": "N. N.", "plates": [1, 2.5, None], "signed": True},
)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Store:
    """The ports over one transaction."""

    books: Books
    works: Works
    categories: Categories

    async def a_work(self, **facts: object) -> Work:
        known = {"title": f"Emma {next(_numbers)}", "authors": ("Jane Austen",)} | facts
        work = Work(id=WorkId(uuid4()), facts=WorkFacts(**known))  # type: ignore[arg-type] # any facts
        await self.works.add(work)
        return work

    async def a_book(self, work: Work, facts: EditionFacts = FULL, kind: Format = Format.PAPERBACK) -> Book:
        book = Book.add(
            id=BookId(uuid4()),
            work_id=work.id,
            isbn=an_isbn(),
            format=kind,
            facts=facts,
            price=Money(1299, "USD"),
            at=NOW,
        )
        await self.books.add(book)
        return book


Opened = Callable[[], AbstractAsyncContextManager[Store]]


def an_isbn() -> Isbn:
    stem = f"978{next(_numbers):09d}"
    return Isbn(stem + isbn13_check_digit(stem))


@pytest.fixture(params=["memory", "postgres"])
def opened(request: pytest.FixtureRequest) -> Opened:
    if request.param == "memory":
        shelves = InMemoryCategories()
        books = InMemoryBooks(shelves)
        store = Store(books, InMemoryWorks(books), shelves)

        @asynccontextmanager
        async def in_memory() -> AsyncIterator[Store]:
            yield store

        return in_memory
    database: Database = request.getfixturevalue("database")

    @asynccontextmanager
    async def in_postgres() -> AsyncIterator[Store]:
        async with database.transaction() as connection:
            yield Store(PostgresBooks(connection), PostgresWorks(connection), PostgresCategories(connection))

    return in_postgres


@pytest.mark.parametrize("facts", [FULL, EditionFacts(title="Emma")])
async def test_a_book_comes_back_as_it_was_stored(opened: Opened, facts: EditionFacts) -> None:
    async with opened() as store:
        book = await store.a_book(await store.a_work(), facts)
    async with opened() as store:
        assert await store.books.get(book.id) == book
        assert await store.books.by_isbn(book.isbn) == book


async def test_a_work_comes_back_as_it_was_stored(opened: Opened) -> None:
    async with opened() as store:
        full = await store.a_work(
            authors=("Homère", "E. V. Rieu"),
            language="grc",
            first_published=-750,
            series=Series("Troy", "1.5"),
            description="A quarrel.",
        )
        bare = await store.a_work()
    async with opened() as store:
        assert [await store.works.get(full.id), await store.works.get(bare.id)] == [full, bare]
        assert await store.works.by_key(full.facts.key) == full


async def test_what_was_changed_comes_back_changed(opened: Opened) -> None:
    async with opened() as store:
        book = await store.a_book(await store.a_work())
        book.revise(EditionFacts(title="Emma", categories=("poetry",)), at=NOW)
        book.reprice(Money(1, "EUR"), at=NOW)
        book.withdraw(at=NOW)
        await store.books.save(book)
    async with opened() as store:
        assert await store.books.get(book.id) == book
    assert book.version == 2


async def test_saving_without_news_does_not_advance_the_version(opened: Opened) -> None:
    async with opened() as store:
        book = await store.a_book(await store.a_work())
        book.reprice(book.price, at=NOW)
        await store.books.save(book)
        assert (await store.books.get(book.id)).version == 1


async def test_of_two_who_read_the_same_version_only_the_first_saves(opened: Opened) -> None:
    async with opened() as store:
        book = await store.a_book(await store.a_work())
        first, second = await store.books.get(book.id), await store.books.get(book.id)
        first.reprice(Money(1, "USD"), at=NOW)
        await store.books.save(first)
        second.reprice(Money(2, "USD"), at=NOW)
        with pytest.raises(StaleVersion):
            await store.books.save(second)


async def test_an_isbn_is_taken_once(opened: Opened) -> None:
    async def add_twice() -> None:
        async with opened() as store:
            book = await store.a_book(await store.a_work())
            await store.books.add(replace(book, id=BookId(uuid4())))

    with pytest.raises(DuplicateIsbn):
        await add_twice()


async def test_an_unknown_category_is_refused(opened: Opened) -> None:
    async def shelve() -> None:
        async with opened() as store:
            await store.a_book(await store.a_work(), EditionFacts(title="Emma", categories=("cooking",)))

    with pytest.raises(InvalidInput) as refusal:
        await shelve()
    assert refusal.value.field == "categories"


async def test_what_is_not_there_is_told_so(opened: Opened) -> None:
    async with opened() as store:
        assert await store.books.by_isbn(an_isbn()) is None
        assert await store.works.by_key("nothing") is None
        with pytest.raises(BookNotFound):
            await store.books.get(BookId(uuid4()))
        with pytest.raises(WorkNotFound):
            await store.works.get(WorkId(uuid4()))


async def test_a_revised_work_renews_the_version_of_every_edition(opened: Opened) -> None:
    async with opened() as store:
        work = await store.a_work()
        paper, digital = await store.a_book(work), await store.a_book(work, kind=Format.EBOOK)
        other = await store.a_book(await store.a_work())
        work.revise(replace(work.facts, authors=("Jane Austen", "Seth Grahame-Smith")), at=NOW)
        await store.works.save(work)
        await store.works.save(work)
        assert (await store.works.get(work.id)).facts.authors == ("Jane Austen", "Seth Grahame-Smith")
        versions = [(await store.books.get(book.id)).version for book in (paper, digital, other)]
    assert versions == [2, 2, 1]


async def test_two_works_of_one_title_and_author_cannot_be(opened: Opened) -> None:
    async def found_twice() -> None:
        async with opened() as store:
            work = await store.a_work()
            await store.a_work(title=work.facts.title.upper())

    with pytest.raises(DuplicateWork):
        await found_twice()


async def test_a_work_cannot_be_revised_into_another(opened: Opened) -> None:
    async def merge() -> None:
        async with opened() as store:
            one, other = await store.a_work(), await store.a_work()
            other.revise(replace(other.facts, title=one.facts.title), at=NOW)
            await store.works.save(other)

    with pytest.raises(DuplicateWork):
        await merge()


async def test_the_shelves_come_parents_first(opened: Opened) -> None:
    async with opened() as store:
        assert list(await store.categories.tree()) == list(SHELVES)


async def test_printed_books_can_receive_copies_and_digital_ones_need_none(database: Database) -> None:
    async with database.transaction() as connection:
        store = Store(PostgresBooks(connection), PostgresWorks(connection), PostgresCategories(connection))
        work = await store.a_work()
        printed, digital = await store.a_book(work), await store.a_book(work, kind=Format.AUDIOBOOK)
        cursor = await connection.raw.execute(
            "SELECT book_id FROM stock WHERE book_id = ANY(%s)", ([printed.id, digital.id],)
        )
        assert [row.book_id for row in await cursor.fetchall()] == [printed.id]
