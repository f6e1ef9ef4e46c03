"""The shop window, in memory and in PostgreSQL: the same books in the same order."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.books import PostgresCatalogue
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.books.catalogue import BookQuery, Catalogue, Sort
from application.shared.unit_of_work import UnitOfWork
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.errors import BookNotFound
from domain.books.text import matching_key
from domain.books.work import Series, Work, WorkFacts
from domain.orders.line import OrderLine
from domain.orders.status import OrderStatus
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.bdd.drivers.stores import CatalogueInMemory, StockedBooks
from tests.builders import order, particulars
from tests.fakes.books import InMemoryWorks
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

TODAY = datetime.now(UTC).date()  # PostgreSQL has a clock of its own
NOW = datetime.combine(TODAY, datetime.min.time(), UTC)
_numbers = count(5_000_000)
_orders = count(1)
_SOLD = Statement(
    "UPDATE books SET sold_lately = sold_lately + %(lately)s, sold = sold + %(ever)s WHERE id = %(id)s"
)


@dataclass(frozen=True)
class Shop:
    """Somewhere to put the books of one author nobody else has."""

    catalogue: Catalogue
    unit_of_work: UnitOfWork
    sell: Callable[[BookId, int, int], Awaitable[None]]
    author: str

    async def book(
        self,
        title: str,
        *,
        price: int = 1000,
        kind: Format = Format.EBOOK,
        series: Series | None = None,
        **facts: Any,  # noqa: ANN401 - of EditionFacts
    ) -> BookId:
        stem = f"978{next(_numbers):09d}"
        told = WorkFacts(title=title, authors=(self.author,), series=series)
        async with self.unit_of_work() as work:
            known = await work.works.by_key(told.key) or Work(id=WorkId(uuid4()), facts=told)
            if await work.works.by_key(told.key) is None:
                await work.works.add(known)
            book = Book.add(
                id=BookId(uuid4()),
                work_id=known.id,
                isbn=Isbn(stem + isbn13_check_digit(stem)),
                format=kind,
                facts=EditionFacts(title=title, **facts),
                price=Money(price, "USD"),
                at=NOW,
            )
            await work.books.add(book)
        return book.id

    async def titles(self, **wanted: Any) -> list[str]:  # noqa: ANN401 - of BookQuery
        page = await self.catalogue.list_books(BookQuery(author=self.author, limit=100, **wanted))
        return [book.title for book in page.items]


@pytest.fixture(params=["memory", "postgres"])
def shop(request: pytest.FixtureRequest) -> Shop:
    author = f"Zoë {uuid4().hex}"
    if request.param == "memory":
        work = InMemoryWork()
        books = StockedBooks(work.categories, work.inventory)
        work.books, work.works = books, InMemoryWorks(books)

        async def bought(book: BookId, copies: int, days_ago: int) -> None:
            one = OrderLine(
                book_id=book,
                isbn="",
                title="",
                format="ebook",
                quantity=copies,
                unit_price=Money(1, "USD"),
                discount=Money(0, "USD"),
                tax=Money(0, "USD"),
                digital=True,
            )
            placed = NOW - timedelta(days=days_ago)
            made = order(one, number=next(_orders), placed_at=placed)
            made.confirm("pay_1", placed)
            assert made.status is OrderStatus.CONFIRMED
            await work.orders.add(made, particulars())

        catalogue = CatalogueInMemory(work, books, StandingClock(NOW))
        return Shop(catalogue, InMemoryUnitOfWork(work), bought, author)
    database: Database = request.getfixturevalue("database")

    async def sold(book: BookId, copies: int, days_ago: int) -> None:
        async with database.connection() as connection:
            await connection.run(_SOLD, id=book, lately=copies if days_ago < 28 else 0, ever=copies)

    vault = EnvelopeVault([b"k" * 32], b"i" * 32)
    return Shop(PostgresCatalogue(database), PostgresUnitOfWork(database, vault), sold, author)


async def test_bestsellers_go_by_what_sold_lately_then_ever(shop: Shop) -> None:
    books = {title: await shop.book(title) for title in ("Old fame", "Today", "Steady", "Unsold")}
    for title, copies, days_ago in (
        ("Old fame", 90, 28),
        ("Old fame", 1, 27),
        ("Today", 2, 0),
        ("Steady", 1, 3),
        ("Steady", 1, 100),
    ):
        await shop.sell(books[title], copies, days_ago)
    assert await shop.titles(sort=Sort.BESTSELLERS) == ["Today", "Old fame", "Steady", "Unsold"]


async def test_new_is_what_is_out_and_coming_what_is_not(shop: Shop) -> None:
    today = datetime.now(UTC).date()
    days = {"Today": 0, "Yesterday": -1, "Tomorrow": 1, "Next year": 365}
    for title, away in days.items():
        await shop.book(title, published_date=today + timedelta(days=away))
    await shop.book("Undated")
    assert await shop.titles(sort=Sort.NEW) == ["Today", "Yesterday", "Undated"]
    assert await shop.titles(sort=Sort.COMING) == ["Tomorrow", "Next year"]


async def test_prices_and_titles_sort_both_ways_round(shop: Shop) -> None:
    for title, price in (("The Bee", 300), ("Ant", 200), ("Cat", 100)):
        await shop.book(title, price=price)
    assert await shop.titles(sort=Sort.PRICE) == ["Cat", "Ant", "The Bee"]
    assert await shop.titles(sort=Sort.PRICE_FALLING) == ["The Bee", "Ant", "Cat"]
    assert await shop.titles(sort=Sort.TITLE) == ["Ant", "The Bee", "Cat"]


async def test_filters_narrow_the_list_together(shop: Shop) -> None:
    await shop.book("Love", price=900, categories=("romance",))
    await shop.book("Fiction", price=800, categories=("fiction",))
    await shop.book("Verse", price=700, categories=("poetry",))
    await shop.book("Paper", price=600, kind=Format.PAPERBACK, categories=("fiction",))
    found = Counter(
        {
            "under fiction": len(await shop.titles(category="fiction")),
            "love alone": len(await shop.titles(category="romance")),
            "in stock": len(await shop.titles(in_stock=True)),
            "paper": len(await shop.titles(format=Format.PAPERBACK)),
            "some": len(await shop.titles(price_min=700, price_max=800)),
            "all of it": len(await shop.titles(category="fiction", in_stock=True, price_max=800)),
        }
    )
    assert found == {
        "under fiction": 3,
        "love alone": 1,
        "in stock": 3,
        "paper": 1,
        "some": 2,
        "all of it": 1,
    }


async def test_an_author_is_found_however_the_name_is_spelt(shop: Shop) -> None:
    await shop.book("Emma")
    for spelt in (shop.author.upper(), shop.author.replace("ë", "e")):
        page = await shop.catalogue.list_books(BookQuery(author=spelt))
        assert [book.title for book in page.items] == ["Emma"]


async def test_a_book_leads_to_its_sisters_its_authors_and_its_series(shop: Shop) -> None:
    book = await shop.book("Emma", price=500, series=Series("Highbury", "1"))
    sister = await shop.book("Emma", price=300, kind=Format.PAPERBACK)
    page = await shop.catalogue.read_book(book)
    assert [edition.book_id for edition in page.editions] == [sister]
    assert list(page.author_keys) == [matching_key(shop.author)]
    assert page.series == Series("Highbury", "1")
    assert page.series_key == f"highbury--{matching_key(shop.author)}"


async def test_what_is_withdrawn_or_unknown_is_not_found(shop: Shop) -> None:
    book = await shop.book("Emma")
    async with shop.unit_of_work() as work:
        kept = await work.books.get(book)
        kept.withdraw(NOW)
        await work.books.save(kept)
    for missing in (book, BookId(UUID(int=7))):
        with pytest.raises(BookNotFound):
            await shop.catalogue.read_book(missing)
    assert await shop.titles() == []
    with pytest.raises(InvalidInput) as refusal:
        await shop.titles(category="cooking")
    assert refusal.value.field == "category"


async def test_the_shelves_come_parents_first(shop: Shop) -> None:
    slugs = [category.slug for category in await shop.catalogue.list_categories()]
    assert slugs[:3] == ["fiction", "romance", "poetry"]
