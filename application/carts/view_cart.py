"""Look into a cart."""

from application.carts.view import CartView, cart_view
from domain.carts.ports import Carts
from domain.quotes.offer import Offers
from domain.shared.ids import CartId


class ViewCart:
    """Whoever may name the cart sees it at today's prices and learns what changed since it was filled."""

    def __init__(self, carts: Carts, offers: Offers) -> None:
        self._carts = carts
        self._offers = offers

    async def __call__(self, cart_id: CartId) -> CartView:
        """Raises `CartUnavailable`."""
        cart = await self._carts.get(cart_id)
        return cart_view(cart, await self._offers.of(list(cart.lines)) if cart.lines else {})
