"""What clients send about purchases."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.prices.offer import Condition
from domain.purchases.caps import Caps
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from entrypoints.http.orders.schemas import Address, PaymentInfo

Currency = Annotated[str, Meta(examples=["USD"])]
MinorUnits = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class MaxPrice(Struct, frozen=True, forbid_unknown_fields=True):
    """What the book may cost in all, shipping and tax included; minor units: 1500 is 15.00 USD."""

    amount: Annotated[int, Meta(ge=1, le=100_000_000)]
    currency: Currency

    def money(self) -> Money:
        """From the wire."""
        return _money("max_price", self.amount, self.currency)


class UserInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the store sends the book."""

    shipping_addr: Address


class PurchaseBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Buy this book for that much or less; `conditions` are those the reader takes, new alone by default."""

    book_isbn: Annotated[str, Meta(min_length=10, max_length=40, examples=["9780141439587"])]
    max_price: MaxPrice
    payment_info: PaymentInfo
    user_info: UserInfo
    conditions: Annotated[tuple[Condition, ...], Meta(min_length=1, max_length=len(Condition))] = (
        Condition.NEW,
    )


class CapsBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What purchases in that currency may cost each, in a day and in a month (UTC); 0 forbids them."""

    currency: Currency
    per_purchase: MinorUnits
    per_day: MinorUnits
    per_month: MinorUnits

    def caps(self) -> Caps:
        """From the wire."""
        return Caps(
            per_purchase=_money("currency", self.per_purchase, self.currency),
            per_day=_money("currency", self.per_day, self.currency),
            per_month=_money("currency", self.per_month, self.currency),
        )


def _money(field: str, amount: int, currency: str) -> Money:
    try:
        return Money(amount, currency)
    except InvalidInput as wrong:
        named = field if field == wrong.field else f"{field}.{wrong.field}"
        raise InvalidInput(named, wrong.message) from wrong
