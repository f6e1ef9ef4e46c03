"""How guests name their carts."""

from typing import Final

from domain.carts.errors import CartTokenInvalid
from domain.carts.identity import guest_cart
from domain.carts.ports import CartTokens
from domain.shared.ids import CartId, IdSource

LONGEST_TOKEN: Final = 200  # characters; ours have half of it, and nothing longer is worth a signature check


class GuestCarts:
    """A guest gets a cart with the first book and names it by a token that nobody can make up."""

    def __init__(self, tokens: CartTokens, ids: IdSource) -> None:
        self._tokens = tokens
        self._ids = ids

    def new(self) -> CartId:
        """A cart nobody has yet; nothing is kept until something is in it."""
        return guest_cart(self._ids.new())

    def token(self, cart_id: CartId) -> str:
        """What the guest shows the next time."""
        return self._tokens.issue(cart_id)

    def named_by(self, token: str) -> CartId:
        """The cart; raises `CartTokenInvalid` for a token the shop did not issue."""
        cart_id = self._tokens.open(token) if len(token) <= LONGEST_TOKEN else None
        if cart_id is None:
            raise CartTokenInvalid("This cart token was not issued by the shop; leave it out for a new cart.")
        return cart_id
