"""A quote: what a cart costs, to the cent, promised until a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.quotes.errors import CartChangedSinceQuote, QuoteAlreadyUsed, QuoteExpired
from domain.shared.ids import BookId, OrderId, QuoteId, UserId
from domain.shared.money import Money, total

# Long enough to type an address and fetch a card, short enough that a price change is not sold for hours.
QUOTE_HOLDS_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """A number of copies of one edition. `discount` is the line's share of the coupon, `tax` was
    rounded once for the whole line; `weight_grams` is one copy's.
    """

    book_id: BookId
    isbn: str
    title: str
    format: str
    digital: bool
    quantity: int
    unit_price: Money
    discount: Money
    tax_basis_points: int
    tax: Money
    weight_grams: int

    @property
    def gross(self) -> Money:
        """Before the discount, without tax."""
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        """After the discount, without tax."""
        return self.gross - self.discount

    @property
    def total(self) -> Money:
        """What the reader pays for this line."""
        return self.net + self.tax

    def paid_for(self, copies: int, already: int = 0) -> Money:
        """What `copies` cost after `already` others of this line were given back: copy by copy the parts
        add up to the line's total, so returning everything returns every cent.
        """
        paid, of = self.total.amount, self.quantity
        return Money(paid * (already + copies) // of - paid * already // of, self.total.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShipping:
    """The parcel: `price` is net and no discount touches it."""

    method: str
    price: Money
    tax_basis_points: int
    tax: Money

    @property
    def total(self) -> Money:
        """What the reader pays for the carriage."""
        return self.price + self.tax


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Everything an order needs to know about money. Its totals are sums, never stored beside their parts.

    `coupon_code` is to be redeemed when the order is placed; `explanation` tells in plain words what took
    or added how much.
    """

    id: QuoteId
    user_id: UserId
    country: str
    lines: tuple[QuoteLine, ...]
    shipping: QuoteShipping
    coupon_code: str | None
    explanation: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    used_by: OrderId | None = None

    @property
    def currency(self) -> str:
        """The one currency of all its amounts."""
        return self.shipping.price.currency

    @property
    def subtotal(self) -> Money:
        """The books before discount, tax and carriage."""
        return total((line.gross for line in self.lines), self.currency)

    @property
    def discount(self) -> Money:
        """What the coupon took off."""
        return total((line.discount for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """All tax, that on the carriage included."""
        return total((line.tax for line in self.lines), self.currency) + self.shipping.tax

    @property
    def total(self) -> Money:
        """What the reader pays."""
        return total((line.total for line in self.lines), self.currency) + self.shipping.total

    @property
    def weight_grams(self) -> int:
        """All copies, without packaging; e-books weigh nothing."""
        return sum(line.weight_grams * line.quantity for line in self.lines)

    @property
    def digital(self) -> bool:
        """Nothing to carry."""
        return all(line.digital for line in self.lines)

    def copies(self) -> dict[BookId, int]:
        """How many of each book were quoted."""
        return {line.book_id: line.quantity for line in self.lines}

    def ensure_still_holds(self, cart: dict[BookId, int], now: datetime) -> None:
        """The promise binds the shop for this cart, once and until it expires."""
        if self.used_by is not None:
            raise QuoteAlreadyUsed("An order was placed with this quote.", order_id=str(self.used_by))
        if now >= self.expires_at:
            raise QuoteExpired("This quote has expired; ask for a new one.", expired_at=self.expires_at)
        if cart != self.copies():
            raise CartChangedSinceQuote("The cart has changed since this quote was made; ask for a new one.")
