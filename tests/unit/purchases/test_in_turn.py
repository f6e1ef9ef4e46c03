"""Nothing is sent to a store whose turn has not come, and that is said."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from application.purchases.keys import order_key
from application.purchases.stores_in_turn import StoresInTurn
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstore
from domain.prices.store import Lane, StoreTerms
from domain.purchases.store_orders import (
    NotCancelled,
    Placed,
    Rejected,
    RejectionReason,
    StoreDoesNotAnswer,
    StoreOrder,
)
from tests.builders import address
from tests.buying import ordered
from tests.fakes.store_orders import RELIABLE, InMemoryStores


class Known:
    """The `Bookstores` and the `Bookstore` port: every name is known."""

    def __init__(self, name: str = "") -> None:
        self.terms = StoreTerms(
            name=StoreName(name), title=name, country="US", currency="USD", limits=(), can_order=True
        )

    def all(self) -> Sequence[Bookstore]:
        return ()

    def named(self, store: StoreName) -> Any:  # noqa: ANN401 - a store of which only the terms are asked
        return Known(store)


class Turns:
    """The `Turns` port: there is a turn, or there is none."""

    def __init__(self) -> None:
        self.free = True
        self.taken: list[tuple[str, Lane]] = []

    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta, cost: int = 1) -> bool:
        if self.free:
            self.taken.append((terms.name, lane))
        return self.free

    async def hold_back(self, store: StoreName, *, retry_after: timedelta | None) -> None:
        return


def order() -> StoreOrder:
    made = ordered()
    agreed = made.agreed
    return StoreOrder(
        key=order_key(made.id),
        store=agreed.store,
        offer_id=agreed.offer_id,
        seller=agreed.seller,
        condition=agreed.condition,
        isbn=agreed.isbn,
        item=agreed.item,
        shipping=agreed.shipping,
        tax=agreed.tax,
        address=address(),
    )


async def test_each_call_takes_a_turn_on_its_lane() -> None:
    turns, stores = Turns(), InMemoryStores()
    in_turn, wanted = StoresInTurn(stores, Known(), turns, Lane.CHARGE), order()
    assert in_turn.terms(wanted.store) == RELIABLE
    assert isinstance(await in_turn.place(wanted), Placed)
    assert await in_turn.find(wanted.store, wanted.key) is not None
    assert not isinstance(await in_turn.cancel(wanted.store, wanted.key), NotCancelled)
    assert turns.taken == [("harbour-books", Lane.CHARGE)] * 3


async def test_without_a_turn_nothing_is_sent() -> None:
    turns, stores = Turns(), InMemoryStores()
    turns.free = False
    in_turn, wanted = StoresInTurn(stores, Known(), turns, Lane.CHARGE), order()
    refused = await in_turn.place(wanted)
    assert isinstance(refused, Rejected)
    assert (refused.reason, stores.received) == (RejectionReason.STORE_BUSY, [])
    for ask in (in_turn.find, in_turn.cancel):
        with pytest.raises(StoreDoesNotAnswer):
            await ask(wanted.store, wanted.key)
