"""An edition changes only through its verbs, and repeating one is harmless."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.errors import BookIsWithdrawn
from domain.books.events import BookAdded, BookRepriced, BookRevised, BookWithdrawn
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRICE = Money(1299, "USD")


def a_book(price: Money = PRICE) -> Book:
    return Book.add(
        id=BookId(UUID(int=1)),
        work_id=WorkId(UUID(int=2)),
        isbn=Isbn("9780141439518"),
        format=Format.PAPERBACK,
        facts=EditionFacts(title="Pride and Prejudice", categories=("romance",)),
        price=price,
        at=NOW,
    )


def a_known_book() -> Book:
    book = a_book()
    book.drain_events()
    return book


def test_adding_a_book_tells_its_isbn_and_price() -> None:
    (event,) = a_book().drain_events()
    assert isinstance(event, BookAdded)
    assert (event.isbn, event.price) == ("9780141439518", PRICE)


def test_a_revision_names_what_changed() -> None:
    book = a_known_book()
    book.revise(EditionFacts(title="Pride & Prejudice", categories=("romance",), pages=432), at=NOW)
    (event,) = book.drain_events()
    assert isinstance(event, BookRevised)
    assert event.changed == ("title", "pages")


def test_saying_the_same_again_is_no_news() -> None:
    book = a_known_book()
    book.revise(book.facts, at=NOW)
    book.reprice(PRICE, at=NOW)
    assert book.drain_events() == []


def test_a_new_price_tells_the_old_one_too() -> None:
    book = a_known_book()
    book.reprice(Money(999, "USD"), at=NOW)
    (event,) = book.drain_events()
    assert isinstance(event, BookRepriced)
    assert (event.before, event.after) == (PRICE, Money(999, "USD"))


@pytest.mark.parametrize("amount", [0, -1, 100_000_001])
def test_a_price_nobody_could_mean_is_refused(amount: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_known_book().reprice(Money(amount, "USD"), at=NOW)
    assert refusal.value.field == "price.amount"


def test_withdrawing_twice_happens_once() -> None:
    book = a_known_book()
    book.withdraw(at=NOW)
    book.withdraw(at=NOW)
    assert [type(event) for event in book.drain_events()] == [BookWithdrawn]


def test_a_withdrawn_book_does_not_change_any_more() -> None:
    book = a_known_book()
    book.withdraw(at=NOW)
    with pytest.raises(BookIsWithdrawn):
        book.reprice(Money(1, "USD"), at=NOW)
    with pytest.raises(BookIsWithdrawn):
        book.revise(EditionFacts(title="Other"), at=NOW)


def test_who_has_not_seen_the_newest_version_may_not_change_it() -> None:
    with pytest.raises(StaleVersion):
        a_known_book().expect(2)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 501}),
        ("title", {"title": "nul\x00"}),
        ("publisher", {"publisher": ""}),
        ("language", {"language": "English"}),
        ("pages", {"pages": 0}),
        ("weight_grams", {"weight_grams": 50_001}),
        ("cover", {"cover": "javascript:alert(1)"}),
        ("cover", {"cover": "//elsewhere/x.png"}),
        ("categories", {"categories": ("romance", "romance")}),
        ("details", {"details": {"x": float("nan")}}),
        ("details", {"details": {"x": "nul\x00"}}),
        ("details", {"details": {"x": "y" * 20_000}}),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(field: str, facts: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        EditionFacts(**{"title": "Emma", **facts})  # type: ignore[arg-type] # the wrong types are the point
    assert refusal.value.field == field


def test_details_may_hold_any_plain_json() -> None:
    details = {"translator": "Mīrzā 📖", "signed": True, "plates": [1, 2.5, None], "path": "C:\\u0000"}
    assert EditionFacts(title="Emma", details=details).details == details
