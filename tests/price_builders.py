"""What stores tell, with every detail optional."""

from datetime import datetime, timedelta
from itertools import count

from domain.prices.answer import Told, Unanswered
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.store import Missing
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.builders import NOON

HARBOUR = StoreName("harbour-books")
GALLEY = StoreName("galley-press")
_numbers = count(int(datetime.now().timestamp() * 1000) % 10**8)  # noqa: DTZ005 - a number, not a time


def an_isbn() -> Isbn:
    """One that no other test of this run has asked for."""
    stem = f"9798{next(_numbers) % 10**8:08d}"
    return Isbn(stem + isbn13_check_digit(stem))


def offer(
    isbn: Isbn,
    price: int = 1_000,
    *,
    store: StoreName = HARBOUR,
    offer_id: str = "1",
    condition: Condition = Condition.NEW,
    format: Format = Format.PAPERBACK,  # noqa: A002 - the trade's word
    availability: Availability = Availability.IN_STOCK,
    shipping: int = 0,
    currency: str = "USD",
    at: datetime = NOON,
) -> Offer:
    """One copy of an edition."""
    return Offer(
        store=store,
        offer_id=offer_id,
        seller=f"{store} itself",
        isbn=isbn,
        format=format,
        condition=condition,
        item=Money(price, currency),
        shipping=Money(shipping, currency),
        tax=Money(0, currency),
        availability=availability,
        seen_at=at,
    )


def told(
    isbn: Isbn, *offers: Offer | int, store: StoreName = HARBOUR, at: datetime = NOON, took: int = 200
) -> Told:
    """An answer; a number is an offer at that price, and none at all means: it has no such book."""
    every = (
        one if isinstance(one, Offer) else offer(isbn, one, store=store, offer_id=str(place), at=at)
        for place, one in enumerate(offers)
    )
    return Told(isbn=isbn, store=store, offers=tuple(every), at=at, took=timedelta(milliseconds=took))


def failed(
    isbn: Isbn, why: Missing = Missing.SLOW, *, store: StoreName = HARBOUR, at: datetime = NOON
) -> Unanswered:
    """No answer."""
    return Unanswered(isbn=isbn, store=store, why=why, at=at)
