"""What use cases need to keep carts."""

from collections.abc import Callable
from typing import Protocol

from domain.carts.cart import Cart
from domain.shared.ids import CartId


class Carts(Protocol):
    """Carts are kept beside the database, so no transaction spans both. Every method may raise
    `CartUnavailable`; a change whose answer was lost may have been made.
    """

    async def get(self, cart_id: CartId) -> Cart:
        """The cart as it is; an empty one where nothing is kept."""
        ...

    async def change(self, cart_id: CartId, verb: Callable[[Cart], None]) -> Cart:
        """Apply the verb to the newest state and keep the result, or nothing if it raises. Changes of one
        cart come one after the other: the verb is called again on the newer state if somebody was quicker.
        """
        ...


class CartTokens(Protocol):
    """Tokens by which guests name their carts; nobody can make one up."""

    def issue(self, cart_id: CartId) -> str:
        """The token for that cart."""
        ...

    def open(self, token: str) -> CartId | None:
        """The cart it names; None if the shop did not issue it."""
        ...
