"""Offers of one made-up book."""

from datetime import UTC, datetime
from typing import Any, Final

from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money

SEEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ISBN: Final = Isbn("9780306406157")
_NOTHING: Final = Money.zero("USD")


def offered(store: str, cents: int, **other: Any) -> Offer:  # noqa: ANN401 - any field of an offer
    """That price, delivered."""
    fields = {
        "store": StoreName(store),
        "offer_id": "1",
        "seller": store,
        "isbn": _ISBN,
        "format": Format.PAPERBACK,
        "condition": Condition.NEW,
        "item": Money(cents, "USD"),
        "shipping": _NOTHING,
        "tax": _NOTHING,
        "availability": Availability.IN_STOCK,
        "seen_at": SEEN,
    }
    return Offer(**(fields | other))
