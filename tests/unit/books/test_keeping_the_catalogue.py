"""What staff may do to books."""

from dataclasses import replace
from itertools import count

import pytest

from application.books.add_book import AddBook
from application.books.revise_book import ReviseBook, Revision
from application.books.withdraw_book import WithdrawBook
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.errors import BookIsWithdrawn, DuplicateIsbn, DuplicateWork, WorkNotFound
from domain.books.work import Series, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

_numbers = count(1)


def an_entry(title: str = "Emma", kind: Format = Format.PAPERBACK, **facts: object) -> CatalogueEntry:
    stem = f"978{next(_numbers):09d}"
    work = {"title": title, "authors": ("Jane Austen",), **facts}
    return CatalogueEntry(
        work=WorkFacts(**work),  # type: ignore[arg-type] # any facts
        isbn=Isbn(stem + isbn13_check_digit(stem)),
        format=kind,
        edition=EditionFacts(title=title, categories=("romance",)),
        price=Money(999, "USD"),
    )


class Desk:
    """The use cases over one shop in memory."""

    def __init__(self) -> None:
        self.work = InMemoryWork()
        unit, clock = InMemoryUnitOfWork(self.work), StandingClock()
        self.add = AddBook(unit, CountingIds(), clock)
        self.revise = ReviseBook(unit, clock)
        self.withdraw = WithdrawBook(unit, clock)

    async def work_of(self, book_id: BookId) -> WorkFacts:
        book = await self.work.books.get(book_id)
        return (await self.work.works.get(book.work_id)).facts

    def told(self) -> list[str]:
        return [event.name for event in self.work.books.events]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_an_edition_joins_the_work_of_its_title_and_authors_and_completes_it(desk: Desk) -> None:
    first = await desk.add(an_entry(first_published=1815, description="Old."))
    second = await desk.add(an_entry("EMMA", Format.EBOOK, description="New.", series=Series("Novels")))
    books = [await desk.work.books.get(book) for book in (first, second)]
    assert books[0].work_id == books[1].work_id
    facts = await desk.work_of(first)
    assert (facts.title, facts.first_published) == ("Emma", 1815)
    assert (facts.description, facts.series) == ("New.", Series("Novels"))
    assert desk.told() == ["book_added", "work_revised", "book_added"]


async def test_an_edition_of_another_title_joins_the_work_that_is_named(desk: Desk) -> None:
    emma = await desk.add(an_entry())
    work_id = (await desk.work.books.get(emma)).work_id
    other = await desk.add(an_entry("Emma, annotated"), work_id)
    assert (await desk.work_of(other)).title == "Emma"
    with pytest.raises(InvalidInput, match="by Jane Austen"):
        await desk.add(an_entry(authors=("Seth Grahame-Smith",)), work_id)
    with pytest.raises(WorkNotFound):
        await desk.add(an_entry(), WorkId(CountingIds(900).new()))


async def test_what_is_refused_leaves_nothing_behind(desk: Desk) -> None:
    entry = an_entry()
    await desk.add(entry)
    with pytest.raises(DuplicateIsbn):
        await desk.add(replace(entry, work=replace(entry.work, title="Persuasion")))
    unknown = replace(an_entry("Cookery"), edition=EditionFacts(title="Cookery", categories=("cooking",)))
    with pytest.raises(InvalidInput):
        await desk.add(unknown)
    assert await desk.work.works.by_key("persuasion/jane-austen") is None
    assert desk.told() == ["book_added"]


async def test_a_price_and_facts_change_together_for_who_saw_the_newest_version(desk: Desk) -> None:
    book_id = await desk.add(an_entry())
    change = Revision(edition={"pages": 9}, work={"description": "Words."}, price=Money(5, "USD"))
    await desk.revise(book_id, change, seen=1)
    book = await desk.work.books.get(book_id)
    assert (book.facts.pages, book.price) == (9, Money(5, "USD"))
    assert desk.told()[1:] == ["book_revised", "book_repriced", "work_revised"]
    with pytest.raises(StaleVersion):
        await desk.revise(book_id, change, seen=1)
    await desk.revise(book_id, change, seen=None)
    assert len(desk.told()) == 4


async def test_isbn_and_format_may_be_repeated_but_not_changed(desk: Desk) -> None:
    book_id = await desk.add(entry := an_entry())
    await desk.revise(book_id, Revision(isbn=entry.isbn, format=entry.format), seen=1)
    for change in (Revision(isbn=an_entry().isbn), Revision(format=Format.EBOOK)):
        with pytest.raises(InvalidInput, match="is another book"):
            await desk.revise(book_id, change, seen=1)


async def test_a_renamed_edition_takes_along_the_work_whose_title_it_bore(desk: Desk) -> None:
    emma = await desk.add(an_entry("Ema"))
    work_id = (await desk.work.books.get(emma)).work_id
    annotated = await desk.add(an_entry("Ema, annotated"), work_id)
    await desk.revise(annotated, Revision(edition={"title": "Emma, annotated"}), seen=1)
    assert (await desk.work_of(emma)).title == "Ema"
    await desk.revise(emma, Revision(edition={"title": "Emma"}), seen=None)
    assert (await desk.work_of(emma)).title == "Emma"
    other = await desk.add(an_entry("Persuasion"))
    with pytest.raises(DuplicateWork):
        await desk.revise(other, Revision(edition={"title": "Emma"}), seen=None)


async def test_a_withdrawn_book_stays_for_its_orders_and_changes_no_more(desk: Desk) -> None:
    book_id = await desk.add(an_entry())
    with pytest.raises(StaleVersion):
        await desk.withdraw(book_id, seen=7)
    await desk.withdraw(book_id, seen=1)
    await desk.withdraw(book_id, seen=None)
    assert desk.told() == ["book_added", "book_withdrawn"]
    with pytest.raises(BookIsWithdrawn):
        await desk.revise(book_id, Revision(edition={"pages": 1}), seen=None)
