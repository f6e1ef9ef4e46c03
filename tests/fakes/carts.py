"""Carts in memory, proven equal to the real ones by the contract suite."""

from collections.abc import Callable
from copy import deepcopy

from domain.carts.cart import Cart
from domain.carts.errors import CartUnavailable
from domain.shared.ids import CartId


class InMemoryCarts:
    """`down` makes every call fail, as when the server is gone."""

    def __init__(self) -> None:
        self.down = False
        self._kept: dict[CartId, Cart] = {}

    async def get(self, cart_id: CartId) -> Cart:
        if self.down:
            raise CartUnavailable("Carts can not be reached for the moment.")
        return deepcopy(self._kept.get(cart_id) or Cart(id=cart_id))

    async def change(self, cart_id: CartId, verb: Callable[[Cart], None]) -> Cart:
        cart = await self.get(cart_id)
        verb(cart)
        self._kept[cart_id] = deepcopy(cart)
        return cart
