"""Where purchases compare prices and order: nowhere, in a shop to which no stores are known."""

from collections.abc import Collection
from datetime import datetime

from domain.purchases.errors import LastLookFailed
from domain.purchases.ports import Found
from domain.purchases.quote import Quote
from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    OrderingTerms,
    Placed,
    Rejected,
    StoreOrder,
    StoreOrderKey,
    StoreTakesNoOrders,
)
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class NoOffers:
    """The `BestOffers` port without stores."""

    async def best(
        self,
        isbn: Isbn,  # noqa: ARG002 - the port's signature
        maximum: Money,  # noqa: ARG002 - the port's signature
        conditions: Collection[str],  # noqa: ARG002 - the port's signature
        *,
        until: datetime,  # noqa: ARG002 - the port's signature
    ) -> Found | None:
        """Nobody has it."""
        return None

    async def look_again(self, quote: Quote) -> Quote | None:
        """There is nobody to ask."""
        raise LastLookFailed(f"This shop no longer knows {quote.store}.")


class NoStoreOrders:
    """The `StoreOrders` port without stores."""

    def terms(self, store: str) -> OrderingTerms:
        """There is no such store."""
        raise _none(store)

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        """There is no such store."""
        raise _none(order.store)

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:  # noqa: ARG002 - the port's signature
        """There is no such store."""
        raise _none(store)

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:  # noqa: ARG002 - the port's signature
        """There is no such store."""
        raise _none(store)


def _none(store: str) -> StoreTakesNoOrders:
    return StoreTakesNoOrders(f"This shop does not know {store}.")
