"""Put a book into a cart."""

from application.carts.view import CartView, cart_view
from domain.books.errors import BookNotFound
from domain.carts.ports import Carts
from domain.quotes.offer import Offers
from domain.shared.clock import Clock
from domain.shared.ids import BookId, CartId


class AddToCart:
    """Anybody may put a book that is on sale into their cart, sold out or not: stock is set aside at
    checkout, not here. A repeated request with the same key adds once.
    """

    def __init__(self, carts: Carts, offers: Offers, clock: Clock) -> None:
        self._carts = carts
        self._offers = offers
        self._clock = clock

    async def __call__(
        self, cart_id: CartId, book_id: BookId, quantity: int, request_key: str | None
    ) -> CartView:
        """Raises `BookNotFound`, `InvalidInput` naming `qty`, `CartFull` or `CartUnavailable`."""
        offers = dict(await self._offers.of([book_id]))
        offer = offers.get(book_id)
        if offer is None or not offer.on_sale:
            raise BookNotFound("There is no such book on sale.")
        now = self._clock.now()
        cart = await self._carts.change(
            cart_id, lambda cart: cart.add(book_id, quantity, offer.price, now, request_key)
        )
        others = [other for other in cart.lines if other != book_id]
        if others:
            offers |= await self._offers.of(others)
        return cart_view(cart, offers)
