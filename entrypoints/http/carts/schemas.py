"""What travels in bodies under /v1/cart."""

from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

from application.carts.view import CartLineView, CartView
from domain.carts.cart import MOST_COPIES
from domain.shared.money import Money

_BOUNDS: Final = {"minimum": 1, "maximum": MOST_COPIES}  # the cart itself refuses, in its own words
Quantity = Annotated[int, Meta(extra_json_schema=_BOUNDS, examples=[1])]


class BookToAdd(Struct, frozen=True, forbid_unknown_fields=True):
    """So many copies of a book."""

    book_id: UUID
    qty: Quantity


class NewQuantity(Struct, frozen=True, forbid_unknown_fields=True):
    """How many copies there shall be."""

    qty: Quantity


class Cart(Struct, frozen=True):
    """The cart at today's prices. Guests keep `cart_token`: it names their cart."""

    lines: Sequence[CartLineView]
    subtotal: Annotated[
        Money | None,
        Meta(description="What is on sale, before discount, shipping and tax; null for mixed currencies."),
    ]
    notices: Sequence[str]
    cart_token: str | None

    @classmethod
    def of(cls, view: CartView, cart_token: str | None) -> "Cart":
        """To the wire."""
        return cls(view.lines, view.subtotal, view.notices, cart_token)
