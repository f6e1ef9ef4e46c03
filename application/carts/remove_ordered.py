"""Take bought books out of the cart."""

from collections.abc import Mapping

from domain.carts.identity import reader_cart
from domain.carts.ports import Carts
from domain.shared.clock import Clock
from domain.shared.ids import BookId, OrderId, UserId


class RemoveOrdered:
    """Once a reader's order is confirmed, what it bought leaves the cart; copies added since stay, and a
    declined order leaves the cart alone.
    """

    def __init__(self, carts: Carts, clock: Clock) -> None:
        self._carts = carts
        self._clock = clock

    async def __call__(self, user_id: UserId, order_id: OrderId, copies: Mapping[BookId, int]) -> None:
        """Repeating it is harmless; raises `CartUnavailable`."""
        now = self._clock.now()
        await self._carts.change(
            reader_cart(user_id), lambda cart: cart.remove_ordered(order_id, copies, now)
        )
