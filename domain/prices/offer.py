"""What a bookstore asks for one copy of an edition: seen once, never changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

StoreName = NewType("StoreName", str)  # as its description is called: "harbour-books"


class Condition(StrEnum):
    """In the trade's terms, the best first."""

    NEW = "new"
    LIKE_NEW = "like_new"
    VERY_GOOD = "very_good"
    GOOD = "good"
    ACCEPTABLE = "acceptable"


class Availability(StrEnum):
    """Observed apart from the price: a price says nothing about stock, and stock nothing about a price."""

    IN_STOCK = "in_stock"
    FEW_LEFT = "few_left"
    BACK_ORDER = "back_order"
    PRE_ORDER = "pre_order"
    OUT_OF_STOCK = "out_of_stock"
    UNKNOWN = "unknown"

    @property
    def can_be_bought(self) -> bool:
        """Whether the store sends a copy to whoever orders now."""
        return self in {Availability.IN_STOCK, Availability.FEW_LEFT}


@dataclass(frozen=True, slots=True)
class Series:
    """Prices are compared only within one of these: a used copy is not a cheap new one, an e-book no
    cheap paperback, and a hundred yen are not a hundred dollars.
    """

    isbn: Isbn
    format: Format
    condition: Condition
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Item, shipping and tax belong together and to this seller's `offer_id`: no part is ever put beside
    a part of another offer. All amounts are of one currency. `seen_at` is when the store said so.
    """

    store: StoreName
    offer_id: str
    seller: str
    isbn: Isbn
    format: Format
    condition: Condition
    item: Money
    shipping: Money
    tax: Money
    availability: Availability
    seen_at: datetime

    def __post_init__(self) -> None:
        if self.item.amount <= 0 or self.shipping.amount < 0 or self.tax.amount < 0:
            raise InvalidInput("price", "An offer asks for more than nothing, and no part of it is negative.")
        self.landed  # noqa: B018 - raises where the currencies of the parts differ

    @property
    def landed(self) -> Money:
        """What the reader pays in the end."""
        return self.item + self.shipping + self.tax

    @property
    def series(self) -> Series:
        """What it may be compared with."""
        return Series(self.isbn, self.format, self.condition, self.item.currency)
