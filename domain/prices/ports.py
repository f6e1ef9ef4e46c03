"""What the shop needs from bookstores to compare prices, and what keeps it polite."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from domain.prices.offer import Offer, StoreName
from domain.prices.store import Lane, StoreTerms
from domain.shared.isbn import Isbn


class Bookstore(Protocol):
    """One store. Each method is one call to it, which the caller has a turn for. All raise `StoreFailed`."""

    @property
    def terms(self) -> StoreTerms:
        """What was agreed with it."""
        ...

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        """Every offer of that edition; none if the store does not sell it."""
        ...

    async def offer(self, isbn: Isbn, offer_id: str) -> Offer | None:
        """The same offer as it stands now, from the store's detail call; None if it is gone."""
        ...


class Bookstores(Protocol):
    """All stores that have a description, by name."""

    def all(self) -> Sequence[Bookstore]:
        """In the order of their names."""
        ...

    def named(self, store: StoreName) -> Bookstore:
        """Raises `KeyError` for an unknown one."""
        ...


class Turns(Protocol):
    """Lets calls to a store happen no faster than agreed with it, over all processes together."""

    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta, cost: int = 1) -> bool:
        """Wait for a turn and take it. False, at once, if none will come `within` that time: then the store
        must not be called. A turn is used immediately or lost.
        """
        ...

    async def hold_back(self, store: StoreName, *, retry_after: timedelta | None) -> None:
        """The store said that we are too fast: no turn before that, and more slowly afterwards."""
        ...
