"""Turns of this process alone, and bookstores that say what they are told to."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from domain.prices.offer import Offer, StoreName
from domain.prices.pace import dearest, spacing
from domain.prices.store import Lane, RateLimit, StoreTerms
from domain.shared.isbn import Isbn


def terms(name: str = "harbour-books", *limits: RateLimit) -> StoreTerms:
    """A store of ten calls a second, or of these limits."""
    return StoreTerms(
        name=StoreName(name),
        title=name,
        country="US",
        currency="USD",
        limits=limits or (RateLimit(10, 1),),
        can_order=False,
    )


class InMemoryTurns:
    """The `Turns` port: one moment after the other at each store, whatever the lane."""

    def __init__(self) -> None:
        self._due: defaultdict[StoreName, float] = defaultdict(float)
        self.taken: Counter[StoreName] = Counter()
        self.held_back: dict[StoreName, timedelta | None] = {}

    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta, cost: int = 1) -> bool:
        """See the port."""
        now, apart = asyncio.get_running_loop().time(), spacing(terms).total_seconds()
        at = max(now, self._due[terms.name] + (cost - 1) * apart)
        if cost > dearest(terms) or at - now > within.total_seconds():
            return False
        self._due[terms.name] = at + cost * apart
        self.taken[terms.name] += 1
        await asyncio.sleep(at - now)
        return True

    async def hold_back(self, store: StoreName, *, retry_after: timedelta | None) -> None:
        """See the port."""
        rest = timedelta(seconds=1) if retry_after is None else retry_after
        until = asyncio.get_running_loop().time() + rest.total_seconds()
        self._due[store] = max(self._due[store], until)
        self.held_back[store] = retry_after


@dataclass
class SaidBookstore:
    """The `Bookstore` port: it says what `say` says, as often as it is asked."""

    say: Callable[[], Awaitable[Sequence[Offer]]]
    terms: StoreTerms = field(default_factory=terms)
    asked: int = 0

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        """See the port."""
        self.asked += 1
        return await self.say()

    async def offer(self, isbn: Isbn, offer_id: str) -> Offer | None:
        """See the port."""
        return next((offer for offer in await self.offers(isbn) if offer.offer_id == offer_id), None)
