"""Arithmetic of quotes: examples a reader could check by hand, and laws that hold for every cart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quotes.errors import CartChangedSinceQuote, MixedCurrencies, QuoteAlreadyUsed, QuoteExpired
from domain.quotes.offer import Offer
from domain.quotes.pricing import Carriage, Discount, Item, price_cart
from domain.quotes.quote import Quote
from domain.quotes.tax import book_tax, known_countries
from domain.shared.ids import BookId, OrderId, QuoteId, UserId
from domain.shared.money import Money, total

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = UserId(UUID(int=7))


def book(number: int, price: int, *, format: str = "paperback", currency: str = "USD") -> Offer:  # noqa: A002 - the trade's word
    return Offer(
        book_id=BookId(UUID(int=number)),
        isbn=f"978000000000{number}",
        title=f"Book {number}",
        format=format,
        price=Money(price, currency),
        weight_grams=0 if format == "ebook" else 300,
        digital=format in {"ebook", "audiobook"},
        available=5,
    )


def quoted(*items: Item, off: int = 0, shipping: int = 499, country: str = "DE") -> Quote:
    currency = items[0].offer.price.currency
    return price_cart(
        items,
        id=QuoteId(UUID(int=1)),
        user_id=READER,
        country=country,
        discount=Discount("WELCOME10", Money(off, currency)) if off else None,
        carriage=Carriage("standard", Money(shipping, currency)),
        now=NOW,
    )


def test_tax_is_rounded_once_a_line_and_not_once_a_copy() -> None:
    quote = quoted(Item(book(1, 107), 10), shipping=0)
    assert quote.tax == Money(75, "USD")  # 7 % of 10.70 is 0.749; ten times 7 % of 1.07 would be 0.70


def test_half_a_cent_of_tax_rounds_up() -> None:
    assert quoted(Item(book(1, 50), 1), shipping=0).tax == Money(4, "USD")  # 7 % of 0.50 is 0.035


def test_an_order_discount_is_spread_to_the_cent() -> None:
    quote = quoted(Item(book(1, 1000), 1), Item(book(2, 1000), 1), Item(book(3, 1000), 1), off=100)
    assert [line.discount.amount for line in quote.lines] == [34, 33, 33]


def test_no_discount_touches_the_shipping() -> None:
    quote = quoted(Item(book(1, 1000), 1), off=5000, shipping=499, country="US")
    assert quote.discount == Money(1000, "USD")
    assert quote.total == Money(499, "USD")


def test_an_audiobook_is_taxed_in_britain_where_print_and_ebook_are_not() -> None:
    copies = (Item(book(1, 1000), 1), Item(book(2, 1000, format="ebook"), 1))
    quote = quoted(*copies, Item(book(3, 1000, format="audiobook"), 1), country="GB")
    assert [line.tax.amount for line in quote.lines] == [0, 0, 200]
    assert quote.shipping.tax == Money(0, "USD")


def test_shipping_is_taxed_like_the_printed_books_in_it() -> None:
    assert quoted(Item(book(1, 1000), 1), shipping=499).shipping.tax == Money(35, "USD")


def test_a_country_outside_the_table_is_not_taxed_and_the_reader_is_told() -> None:
    quote = quoted(Item(book(1, 1000), 1), country="AQ")
    assert quote.tax == Money(0, "USD")
    assert "Tax follows the destination: no tax is known for AQ, so none was added." in quote.explanation


def test_the_explanation_names_who_took_what_off_which_book() -> None:
    quote = quoted(Item(book(1, 1230), 1), off=123)
    assert quote.explanation[:2] == (
        "WELCOME10 took 1.23 USD off 'Book 1'.",
        "Tax of 7 % added 0.77 USD to 'Book 1'.",
    )
    assert "Shipping (standard) costs 4.99 USD, and its tax of 7 % 0.35 USD" in quote.explanation[-1]


def test_a_rate_with_a_fraction_reads_as_a_percentage() -> None:
    assert (
        "Tax of 5.5 % added 0.55 USD to 'Book 1'." in quoted(Item(book(1, 1000), 1), country="FR").explanation
    )


def test_books_in_two_currencies_are_not_one_order() -> None:
    with pytest.raises(MixedCurrencies):
        quoted(Item(book(1, 1000), 1), Item(book(2, 1000, currency="EUR"), 1))


def test_books_are_not_brought_for_another_currency() -> None:
    with pytest.raises(MixedCurrencies):
        price_cart(
            [Item(book(1, 1000), 1)],
            id=QuoteId(UUID(int=1)),
            user_id=READER,
            country="US",
            discount=None,
            carriage=Carriage("standard", Money(499, "EUR")),
            now=NOW,
        )


def test_yen_have_no_cents() -> None:
    quote = quoted(Item(book(1, 1505, currency="JPY"), 1), shipping=0, country="JP")
    assert quote.total == Money(1656, "JPY")  # 10 % of 1505 is 150.5


def test_a_quote_binds_for_fifteen_minutes() -> None:
    quote = quoted(Item(book(1, 1000), 2))
    quote.ensure_still_holds(quote.copies(), NOW + timedelta(minutes=14, seconds=59))
    with pytest.raises(QuoteExpired):
        quote.ensure_still_holds(quote.copies(), NOW + timedelta(minutes=15))


def test_a_quote_does_not_bind_for_another_cart() -> None:
    quote = quoted(Item(book(1, 1000), 2))
    with pytest.raises(CartChangedSinceQuote):
        quote.ensure_still_holds({BookId(UUID(int=1)): 3}, NOW)


def test_a_quote_is_used_once() -> None:
    used = replace(quoted(Item(book(1, 1000), 1)), used_by=OrderId(UUID(int=9)))
    with pytest.raises(QuoteAlreadyUsed):
        used.ensure_still_holds(used.copies(), NOW)


def test_every_rate_in_the_table_is_a_sane_percentage_with_a_note() -> None:
    for country in known_countries():
        tax = book_tax(country)
        assert all(0 <= rate <= 2700 for rate in (tax.print, tax.ebook, tax.audiobook)), country
        assert tax.note


formats = st.sampled_from(["hardcover", "paperback", "ebook", "audiobook"])
items = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 20_000), st.integers(1, 99), formats),
    min_size=1,
    max_size=8,
    unique_by=lambda item: item[0],
).map(lambda rows: [Item(book(n, price, format=kind), count) for n, price, count, kind in rows])
carts = st.fixed_dictionaries(
    {
        "off": st.integers(0, 300_000),
        "shipping": st.integers(0, 5_000),
        "country": st.sampled_from(sorted(known_countries() | {"XX"})),
    }
)


@given(items, carts)
def test_the_lines_and_the_shipping_add_up_to_the_total(wanted: list[Item], terms: dict[str, Any]) -> None:
    quote = quoted(*wanted, **terms)
    parts = quote.subtotal - quote.discount + quote.tax + quote.shipping.price
    assert parts == quote.total == total((line.total for line in quote.lines), "USD") + quote.shipping.total
    assert quote.discount == min(Money(terms["off"], "USD"), quote.subtotal)


@given(items, carts)
def test_no_line_is_negative_or_dearer_than_undiscounted(wanted: list[Item], terms: dict[str, Any]) -> None:
    quote = quoted(*wanted, **terms)
    undiscounted = quoted(*wanted, **{**terms, "off": 0})
    for line, full in zip(quote.lines, undiscounted.lines, strict=True):
        assert Money(0, "USD") <= line.total <= full.total


@given(items, carts, st.randoms(use_true_random=False))
def test_the_order_of_books_in_the_cart_changes_no_cent(
    wanted: list[Item], terms: dict[str, Any], chance: Random
) -> None:
    shuffled = list(wanted)
    chance.shuffle(shuffled)
    one, other = quoted(*wanted, **terms), quoted(*shuffled, **terms)
    assert one.total == other.total
    assert {line.book_id: line.total for line in one.lines} == {
        line.book_id: line.total for line in other.lines
    }


@given(items, carts, st.data())
def test_giving_every_copy_back_gives_every_cent_back(
    wanted: list[Item], terms: dict[str, Any], data: st.DataObject
) -> None:
    for line in quoted(*wanted, **terms).lines:
        back, given_back = 0, Money(0, "USD")
        while back < line.quantity:
            copies = data.draw(st.integers(1, line.quantity - back))
            part = line.paid_for(copies, already=back)
            assert part.amount >= 0
            back, given_back = back + copies, given_back + part
        assert given_back == line.total
