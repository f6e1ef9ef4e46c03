"""Orders at stores, no faster than agreed with them."""

from datetime import timedelta
from typing import Final

from domain.prices.offer import StoreName
from domain.prices.ports import Bookstores, Turns
from domain.prices.store import Lane
from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    OrderingTerms,
    Placed,
    Rejected,
    RejectionReason,
    StoreDoesNotAnswer,
    StoreOrder,
    StoreOrderKey,
    StoreOrders,
)

# A reader waits: the lane for those about to pay has a turn within a second or two at the slowest store.
WAIT: Final = timedelta(seconds=4)
# What became of an order is asked three times: a question is worth waiting longer for its turn.
# With the ten seconds that a store may take, it is over before the step that asks is given up (20 s).
WAIT_TO_ASK: Final = timedelta(seconds=8)


class StoresInTurn:
    """The `StoreOrders` port around another one: a turn is taken before each call. Without one nothing is
    sent, and that is said.
    """

    def __init__(self, orders: StoreOrders, stores: Bookstores, turns: Turns, lane: Lane) -> None:
        self._orders = orders
        self._stores = stores
        self._turns = turns
        self._lane = lane

    def terms(self, store: str) -> OrderingTerms:
        """See the port."""
        return self._orders.terms(store)

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        """See the port."""
        self._orders.terms(order.store)  # nobody has turns at a store that takes no orders
        if not await self._turn(order.store, WAIT):
            return Rejected(RejectionReason.STORE_BUSY, "it takes no more requests just now")
        return await self._orders.place(order)

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:
        """See the port."""
        await self._demand_turn(store)
        return await self._orders.find(store, key)

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:
        """See the port."""
        await self._demand_turn(store)
        return await self._orders.cancel(store, key)

    async def _demand_turn(self, store: str) -> None:
        self._orders.terms(store)
        if not await self._turn(store, WAIT_TO_ASK):
            raise StoreDoesNotAnswer(f"{store} takes no more requests just now; ask again.")

    async def _turn(self, store: str, within: timedelta) -> bool:
        terms = self._stores.named(StoreName(store)).terms
        return await self._turns.take(terms, self._lane, within=within)
