"""Bring a guest's cart to the reader who signed in."""

from domain.carts.cart import MOST_BOOKS
from domain.carts.identity import reader_cart
from domain.carts.ports import Carts
from domain.shared.clock import Clock
from domain.shared.ids import CartId, IdSource, UserId


class MergeCarts:
    """Whoever signs in keeps what they chose before. The guest's lines move in three steps, each on one
    cart and each harmless to repeat: set aside under a claim, added once under that claim, let go of. Death
    between two steps leaves the claim standing, and the next visit goes on from there. So parallel sign-ins
    add nothing twice, and an addition that arrives meanwhile stays in the guest's cart for the next time.
    """

    def __init__(self, carts: Carts, clock: Clock, ids: IdSource) -> None:
        self._carts = carts
        self._clock = clock
        self._ids = ids

    async def __call__(self, guest: CartId, user_id: UserId) -> bool:
        """Whether the guest's cart is empty now. It stays as it is while the reader's holds more different
        books than a cart should. Raises `CartUnavailable`; asking again finishes the work.
        """
        theirs = await self._carts.get(guest)
        if theirs.leaving is None and not theirs.lines:
            return True
        if len((await self._carts.get(reader_cart(user_id))).lines) > MOST_BOOKS:
            return False
        unfinished_first = await self._bring(guest, user_id)
        return unfinished_first or await self._bring(guest, user_id)

    async def _bring(self, guest: CartId, user_id: UserId) -> bool:
        """One handover, to the end; an unfinished one goes to whom it was claimed for."""
        claim, now = self._ids.new(), self._clock.now()
        leaving = (await self._carts.change(guest, lambda cart: cart.hand_over(claim, user_id))).leaving
        if leaving is None:
            return True
        await self._carts.change(reader_cart(leaving.to), lambda cart: cart.receive(leaving, now))
        left = await self._carts.change(guest, lambda cart: cart.handed_over(leaving.claim))
        return not left.lines and left.leaving is None
