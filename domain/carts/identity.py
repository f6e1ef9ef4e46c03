"""How carts are named: one for each reader, and one for each guest who came with none."""

from typing import Final
from uuid import UUID

from domain.shared.ids import CartId, UserId

_READER: Final = "reader-"
_GUEST: Final = "guest-"


def reader_cart(user_id: UserId) -> CartId:
    """The one cart of a reader, on all their devices."""
    return CartId(f"{_READER}{user_id}")


def guest_cart(name: UUID) -> CartId:
    """A cart whose name only its guest knows."""
    return CartId(f"{_GUEST}{name}")


def is_guest(cart_id: CartId) -> bool:
    """Nobody is signed in here."""
    return cart_id.startswith(_GUEST)


def guest_name(cart_id: CartId) -> UUID:
    """The name in a guest cart's id; ValueError for a reader's."""
    return UUID(cart_id.removeprefix(_GUEST))
