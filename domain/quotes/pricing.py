"""Arithmetic of a cart: discount spread over lines, tax rounded once a line, totals by adding up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.quotes.errors import MixedCurrencies
from domain.quotes.explanation import explain
from domain.quotes.offer import Offer
from domain.quotes.quote import QUOTE_HOLDS_FOR, Quote, QuoteLine, QuoteShipping
from domain.quotes.tax import BookTax, book_tax
from domain.shared.ids import QuoteId, UserId
from domain.shared.money import Money, total


@dataclass(frozen=True, slots=True)
class Item:
    """So many copies at that offer."""

    offer: Offer
    quantity: int

    @property
    def gross(self) -> Money:
        """Before the discount, without tax."""
        return self.offer.price * self.quantity


@dataclass(frozen=True, slots=True)
class Discount:
    """What a coupon takes off the books together."""

    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Carriage:
    """What bringing the parcel costs, net."""

    method: str
    price: Money


def subtotal(items: Sequence[Item]) -> Money:
    """The books before discount and tax; raises `MixedCurrencies`."""
    currency = _one_currency({item.offer.price.currency for item in items})
    return total((item.gross for item in items), currency)


def price_cart(
    items: Sequence[Item],
    *,
    id: QuoteId,  # noqa: A002 - the quote's own name for it
    user_id: UserId,
    country: str,
    discount: Discount | None,
    carriage: Carriage,
    now: datetime,
) -> Quote:
    """Price it for that reader and destination. Needs at least one item; raises `MixedCurrencies`."""
    _one_currency({carriage.price.currency, subtotal(items).currency})
    tax = book_tax(country)
    lines = _lines(items, discount, tax)
    shipping = _shipping(carriage, tax)
    code = discount.code if discount else None
    return Quote(
        id=id,
        user_id=user_id,
        country=country,
        lines=lines,
        shipping=shipping,
        coupon_code=code,
        explanation=explain(lines, shipping, code, tax.note),
        made_at=now,
        expires_at=now + QUOTE_HOLDS_FOR,
    )


def _one_currency(currencies: set[str]) -> str:
    if len(currencies) != 1:
        named = sorted(currencies)
        raise MixedCurrencies(f"One order cannot be in {' and '.join(named)}.", currencies=named)
    return currencies.pop()


def _lines(items: Sequence[Item], discount: Discount | None, tax: BookTax) -> tuple[QuoteLine, ...]:
    whole = subtotal(items)
    taken = min(discount.amount, whole) if discount else Money.zero(whole.currency)
    shares = _spread(taken, items)
    return tuple(_line(item, share, tax) for item, share in zip(items, shares, strict=True))


def _spread(discount: Money, items: Sequence[Item]) -> list[Money]:
    """Each item's share by what it costs, largest remainder first, ties to the smaller book id: so the
    order in which books were put in the cart changes nothing, and no share exceeds its item.
    """
    if not discount:
        return [discount] * len(items)
    by_book = sorted(range(len(items)), key=lambda i: items[i].offer.book_id)
    parts = discount.allocate([items[i].gross.amount for i in by_book])
    shares = dict(zip(by_book, parts, strict=True))
    return [shares[i] for i in range(len(items))]


def _line(item: Item, discount: Money, tax: BookTax) -> QuoteLine:
    offer = item.offer
    rate = tax.rate(offer.format)
    return QuoteLine(
        book_id=offer.book_id,
        isbn=offer.isbn,
        title=offer.title,
        format=offer.format,
        digital=offer.digital,
        quantity=item.quantity,
        unit_price=offer.price,
        discount=discount,
        tax_basis_points=rate,
        tax=(item.gross - discount).share(rate),
        weight_grams=offer.weight_grams,
    )


def _shipping(carriage: Carriage, tax: BookTax) -> QuoteShipping:
    """Discounts never reach the carriage; its tax is rounded once, like a line's."""
    return QuoteShipping(
        method=carriage.method,
        price=carriage.price,
        tax_basis_points=tax.shipping,
        tax=carriage.price.share(tax.shipping),
    )
