"""Works, authors, series and shelves, in memory and in PostgreSQL: the same pages in the same order."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.bibliography import PostgresBibliography
from adapters.postgres.queries.shelf_counts import PostgresShelfCounts
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.books.bibliography import (
    Bibliography,
    PageQuery,
    SeriesEntry,
    WorkSort,
    WorkSummary,
)
from application.books.shelves import ShelfCount, ShelfCounts
from application.shared.unit_of_work import UnitOfWork
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.errors import AuthorNotFound, SeriesNotFound, WorkNotFound
from domain.books.text import matching_key
from domain.books.work import Series, Work, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.bibliography import InMemoryBibliography, InMemoryShelfCounts
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST = PageQuery(100)
_numbers = count(6_000_000)
_SOLD = Statement("UPDATE books SET sold_lately = %(lately)s, sold = %(ever)s WHERE id = %(id)s")


@dataclass(frozen=True)
class Shop:
    """Somewhere to put works and to look for them; `mark` keeps the names of one test from the others'."""

    bibliography: Bibliography
    shelf_counts: ShelfCounts
    unit_of_work: UnitOfWork
    sell: Callable[[BookId, int, int], Awaitable[None]]
    mark: str

    def author(self, name: str) -> str:
        return f"{self.mark} {name}"

    def key(self, name: str) -> str:
        return matching_key(self.author(name))

    async def work(self, title: str, *authors: str, editions: int = 1, **facts: Any) -> WorkId:  # noqa: ANN401 - of WorkFacts
        """A work with so many e-books, the later the dearer."""
        told = WorkFacts(title=title, authors=tuple(map(self.author, authors or ("Jane Austen",))), **facts)
        work = Work(id=WorkId(uuid4()), facts=told)
        async with self.unit_of_work() as open_work:
            await open_work.works.add(work)
        for place in range(editions):
            await self.book(work.id, title, price=1000 + place)
        return work.id

    async def book(self, work_id: WorkId, title: str = "Emma", *, price: int = 1000, **facts: Any) -> BookId:  # noqa: ANN401 - of EditionFacts
        stem = f"978{next(_numbers):09d}"
        book = Book.add(
            id=BookId(uuid4()),
            work_id=work_id,
            isbn=Isbn(stem + isbn13_check_digit(stem)),
            format=Format.EBOOK,
            facts=EditionFacts(title=title, **facts),
            price=Money(price, "USD"),
            at=NOW,
        )
        async with self.unit_of_work() as work:
            await work.books.add(book)
        return book.id

    async def withdraw(self, book_id: BookId) -> None:
        async with self.unit_of_work() as work:
            book = await work.books.get(book_id)
            book.withdraw(NOW)
            await work.books.save(book)

    async def series(self, name: str, *numbers: str | None, author: str = "Jane Austen") -> str:
        """A series of works named by their numbers; its key."""
        name = self.author(name)
        for number in numbers:
            await self.work(f"{name} {number}", author, series=Series(name, number))
        facts = WorkFacts(title="-", authors=(self.author(author),), series=Series(name))
        assert facts.series_key
        return facts.series_key


@pytest.fixture(params=["memory", "postgres"])
def shop(request: pytest.FixtureRequest) -> Shop:
    mark = f"m{uuid4().hex[:10]}"
    if request.param == "memory":
        work = InMemoryWork()
        lately, ever = Counter[BookId](), Counter[BookId]()

        def books() -> list[Book]:
            return list(work.books._books.values())

        async def sell(book: BookId, recently: int, in_all: int) -> None:
            lately[book], ever[book] = recently, in_all

        async def figures() -> tuple[Counter[BookId], Counter[BookId]]:
            return lately, ever

        return Shop(
            InMemoryBibliography(work, books, figures),
            InMemoryShelfCounts(work.categories, books),
            InMemoryUnitOfWork(work),
            sell,
            mark,
        )
    database: Database = request.getfixturevalue("database")

    async def sold(book: BookId, recently: int, in_all: int) -> None:
        async with database.connection() as connection:
            await connection.run(_SOLD, id=book, lately=recently, ever=in_all)

    return Shop(
        PostgresBibliography(database),
        PostgresShelfCounts(database),
        PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32)),
        sold,
        mark,
    )


def titles(works: Any) -> list[str]:  # noqa: ANN401 - a page
    return [work.title for work in works.items]


async def test_a_work_is_shown_with_its_editions_on_sale_the_cheapest_first(shop: Shop) -> None:
    series = Series(shop.author("Highbury"), "2")
    work_id = await shop.work(
        "Emma",
        *("Jane Austen", "Émile Zola"),
        editions=0,
        series=series,
        first_published=1815,
        language="en",
        description="A clever woman.",
    )
    dear = await shop.book(
        work_id, price=2000, publisher="Octavo", published_date=date(2020, 1, 2), language="fr"
    )
    cheap, gone = await shop.book(work_id, price=500), await shop.book(work_id, price=1)
    await shop.withdraw(gone)
    work = await shop.bibliography.work(work_id)
    assert [edition.book_id for edition in work.editions] == [cheap, dear]
    last = work.editions[1]
    assert (last.publisher, last.published_date, last.language, last.in_stock) == (
        "Octavo",
        date(2020, 1, 2),
        "fr",
        True,
    )
    assert (work.work_id, work.title, work.series, work.first_published) == (work_id, "Emma", series, 1815)
    assert (work.description, work.original_language) == ("A clever woman.", "en")
    assert list(work.authors) == [shop.author("Jane Austen"), shop.author("Émile Zola")]
    assert list(work.author_keys) == [shop.key("jane-austen"), shop.key("emile-zola")]
    assert work.series_key == f"{matching_key(series.name)}--{shop.key('jane-austen')}"


async def test_what_is_not_on_sale_is_not_found(shop: Shop) -> None:
    alone = await shop.work("Emma", editions=0, series=Series(shop.author("Highbury")))
    book = await shop.book(alone)
    series = f"{shop.key('highbury')}--{shop.key('jane-austen')}"
    assert (await shop.bibliography.series(series, FIRST)).works == 1
    await shop.withdraw(book)
    for missing in (alone, WorkId(uuid4())):
        with pytest.raises(WorkNotFound):
            await shop.bibliography.work(missing)
    with pytest.raises(AuthorNotFound):
        await shop.bibliography.author(shop.key("Jane Austen"), WorkSort.NEWEST, FIRST)
    with pytest.raises(SeriesNotFound):
        await shop.bibliography.series(series, FIRST)
    assert (await shop.bibliography.authors(matching_key(shop.mark), FIRST)).items == []
    assert (await shop.bibliography.all_series(matching_key(shop.mark), FIRST)).items == []


async def test_authors_are_listed_once_under_their_usual_name_from_a_beginning_on(shop: Shop) -> None:
    await shop.work("Poems", "E. Nesbit", "Zoë", editions=3)
    await shop.work("Stories", "E Nesbit")
    await shop.work("Letters", "E. Nesbit", "E. NESBIT")
    await shop.work("Other", "Émile")
    found = (await shop.bibliography.authors(shop.key("E"), FIRST)).items
    assert [(author.name, author.works) for author in found] == [
        (shop.author("E. Nesbit"), 3),
        (shop.author("Émile"), 1),
    ]
    assert [author.author_key for author in found] == [shop.key("e-nesbit"), shop.key("emile")]


async def test_pages_of_authors_join_without_gap_or_repetition(shop: Shop) -> None:
    for name in "DBACE":
        await shop.work(f"By {name}", name)
    seen: list[str] = []
    cursor: str | None = None
    while page := await shop.bibliography.authors(shop.key(""), PageQuery(2, cursor)):
        seen += [author.name[-1] for author in page.items]
        if (cursor := page.next) is None:
            break
    assert "".join(seen) == "ABCDE"


async def test_an_author_s_works_stand_by_what_sells_lately_then_ever(shop: Shop) -> None:
    sold = {"Emma": (1, 90), "Persuasion": (5, 5), "Sanditon": (1, 7), "Lady Susan": (0, 1_000)}
    for title, figures in sold.items():
        work = await shop.work(title, "Jane Austen", editions=2)
        editions = (await shop.bibliography.work(work)).editions
        await shop.sell(editions[1].book_id, *figures)
    await shop.work("Nana", "Émile Zola")
    page = await shop.bibliography.author(shop.key("Jane Austen"), WorkSort.BESTSELLERS, FIRST)
    assert titles(page) == ["Persuasion", "Emma", "Sanditon", "Lady Susan"]
    assert (page.name, page.works, page.next) == (shop.author("Jane Austen"), 4, None)


async def test_an_author_s_newest_works_go_by_their_year_or_that_of_their_earliest_edition(
    shop: Shop,
) -> None:
    for title, year in (("Old", 1815), ("Ancient", -44), ("Newer", 1950)):
        await shop.work(title, "Jane Austen", first_published=year)
    undated = await shop.work("Undated", "Jane Austen")
    by_edition = await shop.work("By edition", "Jane Austen", editions=0)
    for day in (date(1990, 1, 1), date(1900, 6, 1)):
        await shop.book(by_edition, "By edition", published_date=day)
    page = await shop.bibliography.author(shop.key("Jane Austen"), WorkSort.NEWEST, FIRST)
    assert titles(page) == ["Newer", "By edition", "Old", "Ancient", "Undated"]
    assert page.items[-1].work_id == undated


@pytest.mark.parametrize("sort", list(WorkSort))
async def test_pages_of_an_author_join_though_all_works_are_equal(shop: Shop, sort: WorkSort) -> None:
    for number in range(7):
        await shop.work(f"Work {number}", "Jane Austen", "Co Author")
    pages = [await shop.bibliography.author(shop.key("co-author"), sort, PageQuery(3))]
    while pages[-1].next:
        pages.append(
            await shop.bibliography.author(shop.key("co-author"), sort, PageQuery(3, pages[-1].next))
        )
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert len({work.work_id for page in pages for work in page.items}) == 7
    assert all(len(work.editions) == 1 for page in pages for work in page.items)


async def test_a_series_is_shown_in_reading_order(shop: Shop) -> None:
    key = await shop.series("Highbury", "10", "Prequel", "2", None, "1", "3.5")
    page = await shop.bibliography.series(key, FIRST)
    assert _numbers_of(page.items) == ["1", "2", "3.5", "10", "Prequel", None]
    assert (page.name, page.works) == (shop.author("Highbury"), 6)
    assert (page.author, page.author_key) == (shop.author("Jane Austen"), shop.key("jane-austen"))


async def test_pages_of_a_series_join_without_gap_or_repetition(shop: Shop) -> None:
    key = await shop.series("Highbury", "1", "2", None, "Prequel", "11")
    first = await shop.bibliography.series(key, PageQuery(2))
    second = await shop.bibliography.series(key, PageQuery(2, first.next))
    third = await shop.bibliography.series(key, PageQuery(2, second.next))
    assert [_numbers_of(page.items) for page in (first, second, third)] == [
        ["1", "2"],
        ["11", "Prequel"],
        [None],
    ]
    assert third.next is None


async def test_series_of_one_name_by_other_authors_are_others_and_point_to_each_other(shop: Shop) -> None:
    one = await shop.series("Sweet", "1", "2", author="Wendy")
    other = await shop.series("SWEET", "1", author="Maya")
    await shop.series("Sweet Valley", "1", author="Francine")
    page = await shop.bibliography.series(one, FIRST)
    assert _numbers_of(page.items) == ["1", "2"]
    assert list(page.same_name) == [
        SeriesEntry(
            series_key=other,
            name=shop.author("SWEET"),
            author=shop.author("Maya"),
            author_key=shop.key("Maya"),
            works=1,
        )
    ]


async def test_series_are_listed_from_a_beginning_on_a_page_at_a_time(shop: Shop) -> None:
    for name in ("Dune", "Discworld", "Foundation"):
        await shop.series(name, "1", "2")
    beginning = shop.key("D")
    first = await shop.bibliography.all_series(beginning, PageQuery(1))
    second = await shop.bibliography.all_series(beginning, PageQuery(1, first.next))
    found = [*first.items, *second.items]
    assert [(series.name, series.works) for series in found] == [
        (shop.author("Discworld"), 2),
        (shop.author("Dune"), 2),
    ]
    assert second.next is None


async def test_a_cursor_that_is_not_of_this_list_is_refused(shop: Shop) -> None:
    for name in ("A", "B"):
        await shop.work(f"By {name}", name)
        await shop.work(f"Also by {name}", name)
    ours = shop.bibliography
    of_authors = (await ours.authors(shop.key(""), PageQuery(1))).next
    of_author = (await ours.author(shop.key("A"), WorkSort.NEWEST, PageQuery(1))).next
    assert of_authors
    assert of_author
    series = await shop.series("Highbury", "1", "2")
    for asked in (
        ours.authors("", PageQuery(1, of_author)),
        ours.all_series("", PageQuery(1, of_authors)),
        ours.author(shop.key("A"), WorkSort.BESTSELLERS, PageQuery(1, of_author)),
        ours.series(series, PageQuery(1, "nonsense")),
    ):
        with pytest.raises(InvalidInput) as refusal:
            await asked
        assert refusal.value.field == "cursor"


async def test_shelves_count_books_and_works_on_sale_and_parents_what_stands_under_them(shop: Shop) -> None:
    before = await shop.shelf_counts.by_slug()
    twice = await shop.work("In two shelves", editions=0)
    await shop.book(twice, categories=("romance", "fiction"))
    await shop.book(twice, categories=("romance",))
    await shop.book(await shop.work("Loose", editions=0), categories=("fiction",))
    await shop.withdraw(await shop.book(twice, categories=("poetry", "fiction")))
    counts = _fresh(shop)
    after = await counts.by_slug()
    assert _more(before, after, "romance") == ShelfCount(books=2, works=1)
    assert _more(before, after, "fiction") == ShelfCount(books=3, works=2)
    assert _more(before, after, "poetry") == ShelfCount()


async def test_a_count_is_kept_for_a_while(database: Database) -> None:
    counts = PostgresShelfCounts(database)
    assert await counts.by_slug() is await counts.by_slug()


def _fresh(shop: Shop) -> ShelfCounts:
    kept = shop.shelf_counts
    return (
        PostgresShelfCounts(kept._database) if isinstance(kept, PostgresShelfCounts) else kept
    )  # a shop opened a moment later


def _more(before: Any, after: Any, slug: str) -> ShelfCount:  # noqa: ANN401 - counts by slug
    one, other = before.get(slug, ShelfCount()), after.get(slug, ShelfCount())
    return ShelfCount(other.books - one.books, other.works - one.works)


def _numbers_of(works: Any) -> list[str | None]:  # noqa: ANN401 - works of a page
    found: list[WorkSummary] = list(works)
    return [work.series.number if work.series else "" for work in found]
