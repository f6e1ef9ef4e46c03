"""Change what is in a cart."""

from collections.abc import Callable

from application.carts.view import CartView, cart_view
from domain.carts.cart import Cart
from domain.carts.ports import Carts
from domain.quotes.offer import Offers
from domain.shared.ids import BookId, CartId


class ChangeCart:
    """Whoever may name the cart decides how many copies it holds, or takes them out. Repeating any of it
    is harmless.
    """

    def __init__(self, carts: Carts, offers: Offers) -> None:
        self._carts = carts
        self._offers = offers

    async def set_quantity(self, cart_id: CartId, book_id: BookId, quantity: int) -> CartView:
        """Raises `NotInCart`, `InvalidInput` naming `qty`, or `CartUnavailable`."""
        return await self._changed(cart_id, lambda cart: cart.change(book_id, quantity))

    async def remove(self, cart_id: CartId, book_id: BookId) -> CartView:
        """A book that is not there is no mistake; raises `CartUnavailable`."""
        return await self._changed(cart_id, lambda cart: cart.remove(book_id))

    async def clear(self, cart_id: CartId) -> CartView:
        """Take everything out; raises `CartUnavailable`."""
        return await self._changed(cart_id, lambda cart: cart.clear())

    async def _changed(self, cart_id: CartId, verb: Callable[[Cart], None]) -> CartView:
        cart = await self._carts.change(cart_id, verb)
        return cart_view(cart, await self._offers.of(list(cart.lines)) if cart.lines else {})
