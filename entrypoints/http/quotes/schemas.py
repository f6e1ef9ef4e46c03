"""What travels in bodies under /v1/quotes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from domain.quotes.quote import Quote as DomainQuote
from domain.quotes.quote import QuoteLine, QuoteShipping
from domain.shared.address import demand_country
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

Country = Annotated[str, Meta(examples=["US"], description="ISO 3166-1 alpha-2.")]


class Destination(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the books go. The country alone decides the price; the rest may be sent and is not kept."""

    country: Country
    name: str | None = None
    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None


class QuoteWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What to price the cart for: a `country`, or a `shipping_addr` with one."""

    country: Country | None = None
    shipping_addr: Destination | None = None
    shipping_method: Annotated[str | None, Meta(description="Left out: standard, or digital.")] = None
    coupon: str | None = None

    def destination(self) -> str:
        """The one country; raises `InvalidInput` naming the field."""
        if (self.country is None) == (self.shipping_addr is None):
            raise InvalidInput("country", "Give either country or shipping_addr.")
        if self.shipping_addr is not None:
            demand_country("shipping_addr.country", self.shipping_addr.country)
            return self.shipping_addr.country
        country = self.country or ""
        demand_country("country", country)
        return country


class Line(Struct, frozen=True):
    """Copies of one book; `discount` is their share of the coupon, `tax` was rounded once for the line."""

    book_id: UUID
    isbn: str
    title: str
    format: str
    qty: int
    unit_price: Money
    discount: Money
    tax_basis_points: int
    tax: Money
    total: Money

    @classmethod
    def of(cls, line: QuoteLine) -> "Line":
        """To the wire."""
        return cls(
            book_id=line.book_id,
            isbn=line.isbn,
            title=line.title,
            format=line.format,
            qty=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            tax_basis_points=line.tax_basis_points,
            tax=line.tax,
            total=line.total,
        )


class Shipping(Struct, frozen=True):
    """The carriage; no discount touches it."""

    method: str
    price: Money
    tax_basis_points: int
    tax: Money
    total: Money

    @classmethod
    def of(cls, shipping: QuoteShipping) -> "Shipping":
        """To the wire."""
        return cls(shipping.method, shipping.price, shipping.tax_basis_points, shipping.tax, shipping.total)


class Discount(Struct, frozen=True):
    """What a coupon took off the books together."""

    code: str
    amount: Money


class Quote(Struct, frozen=True):
    """The price of the cart, kept until `expires_at`. Lines and shipping add up to `total`."""

    quote_id: UUID
    lines: Sequence[Line]
    subtotal: Money
    discounts: Sequence[Discount]
    shipping: Shipping
    tax: Money
    total: Money
    expires_at: datetime
    explanation: Annotated[Sequence[str], Meta(description="What took or added how much, in plain words.")]

    @classmethod
    def of(cls, quote: DomainQuote) -> "Quote":
        """To the wire."""
        code = quote.coupon_code
        return cls(
            quote_id=quote.id,
            lines=[Line.of(line) for line in quote.lines],
            subtotal=quote.subtotal,
            discounts=[Discount(code, quote.discount)] if code is not None else [],
            shipping=Shipping.of(quote.shipping),
            tax=quote.tax,
            total=quote.total,
            expires_at=quote.expires_at,
            explanation=quote.explanation,
        )
