"""The shop's own books beside those of others, in memory and in PostgreSQL."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.own_books import PostgresOwnBooks
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.books.add_book import AddBook
from application.books.withdraw_book import WithdrawBook
from application.external_books.book import ExternalBook
from application.external_books.ports import OwnBooks
from application.external_books.question import Question
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import WorkFacts
from domain.shared.edition_format import Format
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.external_books import InMemoryOwnBooks
from tests.fakes.time import StandingClock

_numbers = count(310_000)


class Ids:
    def new(self) -> object:
        return uuid4()


@dataclass
class World:
    """A shop: books come onto its shelves, and leave them."""

    own: OwnBooks
    sell: Callable[[str, Isbn], Awaitable[BookId]]
    withdraw: Callable[[BookId], Awaitable[None]]


def in_memory() -> World:
    own = InMemoryOwnBooks()

    async def sell(title: str, isbn: Isbn) -> BookId:
        id_ = BookId(uuid4())
        own.books[id_] = ExternalBook(
            isbn=isbn, title=title, source="catalogue", source_id=str(id_), authors=("Ann Author",)
        )
        return id_

    async def withdraw(book_id: BookId) -> None:
        del own.books[book_id]

    return World(own, sell, withdraw)


def in_postgres(database: Database) -> World:
    unit = PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32))
    add, clock = AddBook(unit, Ids(), StandingClock()), StandingClock()  # type: ignore[arg-type] # ids of any kind

    async def sell(title: str, isbn: Isbn) -> BookId:
        return await add(
            CatalogueEntry(
                work=WorkFacts(title=title, authors=("Ann Author",)),
                isbn=isbn,
                format=Format.EBOOK,
                edition=EditionFacts(title=title),
                price=Money(999, "USD"),
            )
        )

    async def withdraw(book_id: BookId) -> None:
        await WithdrawBook(unit, clock)(book_id, None)

    return World(PostgresOwnBooks(database), sell, withdraw)


@pytest.fixture(params=["memory", "postgres"])
def world(request: pytest.FixtureRequest) -> World:
    return in_memory() if request.param == "memory" else in_postgres(request.getfixturevalue("database"))


def an_isbn() -> Isbn:
    stem = f"9798{next(_numbers):08d}"
    return Isbn(stem + isbn13_check_digit(stem))


async def test_what_is_on_sale_is_known_by_its_number(world: World) -> None:
    sold, withdrawn, unknown = an_isbn(), an_isbn(), an_isbn()
    book = await world.sell(f"Sold {uuid4().hex}", sold)
    await world.withdraw(await world.sell(f"Gone {uuid4().hex}", withdrawn))
    assert await world.own.on_sale([sold, withdrawn, unknown]) == {sold: book}
    assert await world.own.on_sale([]) == {}


async def test_a_number_finds_its_book(world: World) -> None:
    isbn, title = an_isbn(), f"Emma {uuid4().hex}"
    book = await world.sell(title, isbn)
    (found,) = await world.own.matching(Question(isbn=isbn), 5)
    assert (found.isbn, found.title, found.authors) == (isbn, title, ("Ann Author",))
    assert (found.source, found.source_id) == ("catalogue", str(book))
    assert await world.own.matching(Question(isbn=an_isbn()), 5) == []


async def test_words_find_the_titles_that_begin_with_them(world: World) -> None:
    mark = uuid4().hex
    for title in (f"{mark} Emma", f"{mark} Émile", f"The {mark}"):
        await world.sell(title, an_isbn())
    found = await world.own.matching(Question(words=f"{mark.upper()} emm"), 5)
    assert [book.title for book in found] == [f"{mark} Emma"]
    assert len(await world.own.matching(Question(words=mark), 1)) == 1


async def test_authors_are_found_by_their_whole_name(database: Database) -> None:
    world = in_postgres(database)
    isbn = an_isbn()
    await world.sell(f"By Ann {uuid4().hex}", isbn)
    found = await world.own.matching(Question(words="ann AUTHOR"), 1_000)
    assert isbn in {book.isbn for book in found}
