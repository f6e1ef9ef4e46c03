"""A cart as its owner sees it: at today's prices, with what changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.carts.cart import MOST_COPIES, Cart, CartLine
from domain.quotes.offer import Offer
from domain.shared.ids import BookId, CartId
from domain.shared.money import Money, total
from domain.shipping.rates import CURRENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLineView:
    """Copies of one book at today's price. `price_changed_from` is what it cost when it was put in, if that
    differs; `stock_problem` says why checkout would refuse it.
    """

    book_id: BookId
    isbn: str
    title: str
    format: str
    qty: int
    unit_price: Money
    price_changed_from: Money | None
    total: Money
    available: bool
    stock_problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CartView:
    """`subtotal` covers what is on sale, before discounts, shipping and tax. It is null when prices are in
    several currencies: those books are ordered separately.
    """

    id: CartId
    lines: Sequence[CartLineView]
    subtotal: Money | None
    notices: Sequence[str]


def cart_view(cart: Cart, offers: Mapping[BookId, Offer]) -> CartView:
    """What to show. A book the catalogue never heard of is left out: there is nothing to say about it."""
    known = [(offers[book_id], line) for book_id, line in cart.lines.items() if book_id in offers]
    return CartView(
        id=cart.id,
        lines=[_line(offer, line) for offer, line in known],
        subtotal=_subtotal([offer.price * line.quantity for offer, line in known if offer.on_sale]),
        notices=[
            f"Your two carts held {copies} copies of '{offers[book_id].title}'; {MOST_COPIES} are kept."
            for book_id, copies in cart.capped.items()
            if book_id in offers
        ],
    )


def _line(offer: Offer, line: CartLine) -> CartLineView:
    problem = _stock_problem(offer, line.quantity)
    return CartLineView(
        book_id=offer.book_id,
        isbn=offer.isbn,
        title=offer.title,
        format=offer.format,
        qty=line.quantity,
        unit_price=offer.price,
        price_changed_from=line.price_seen if line.price_seen != offer.price else None,
        total=offer.price * line.quantity,
        available=problem is None,
        stock_problem=problem,
    )


def _stock_problem(offer: Offer, wanted: int) -> str | None:
    if not offer.on_sale:
        return "This book is no longer sold; remove it to order the rest."
    if offer.available is None or offer.available >= wanted:
        return None
    if offer.available <= 0:
        return "Sold out for now."
    copies = "copy is" if offer.available == 1 else "copies are"
    return f"Only {offer.available} {copies} left."


def _subtotal(amounts: list[Money]) -> Money | None:
    currencies = {amount.currency for amount in amounts} or {CURRENCY}
    return total(amounts, currencies.pop()) if len(currencies) == 1 else None
