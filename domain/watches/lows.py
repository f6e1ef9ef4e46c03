"""What is known of the prices that a watch waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Low:
    """The least that any store asked, all in all, for a copy of this form and condition, since `at`. `price`
    None: no store had one, which says nothing about what it costs.
    """

    isbn: Isbn
    format: Format
    condition: str
    currency: str
    price: Money | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """The least over all that a watch takes, and when the last of it was heard."""

    price: Money
    at: datetime


def seen(lows: Iterable[Low]) -> Seen | None:
    """None: nobody has a copy, or nobody has answered; neither is a change of price."""
    told = [(low.price, low.at) for low in lows if low.price is not None]
    if not told:
        return None
    return Seen(min((price for price, _ in told), key=lambda price: price.amount), max(at for _, at in told))
