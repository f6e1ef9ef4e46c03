"""What a work would cost a club, from what is known without asking anybody."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from application.books.bibliography import Bibliography
from application.prices.own_prices import OwnPrices
from application.prices.recall_prices import RecallPrices, Standing
from application.shared.unavailable import DatabaseUnavailable
from application.votes.views import PriceForClub
from domain.books.errors import WorkNotFound
from domain.prices.answer import MAY_BE_BOUGHT
from domain.prices.doubt import Doubts, SamePrice
from domain.prices.offer import Condition, Offer
from domain.prices.ports import Bookstores
from domain.shared.ids import WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.shipping.rates import CURRENCY

EDITIONS: Final = 4  # of each work, the cheapest here: a vote of twelve works looks at no more than these
OF_USE: Final = frozenset({Standing.FRESH, Standing.DUE, Standing.STALE})
HERE_AND_ELSEWHERE: Final = "The least a new copy is known to cost, here or at another bookstore."
HERE_ALONE: Final = "What a new copy costs here: this shop asks no other bookstores."
NOT_KNOWN: Final = "Prices are not known just now; ask again shortly."


@dataclass(frozen=True, slots=True)
class Prices:
    """By works, those that are known; in `words`, what they are or why there are none."""

    of: Mapping[WorkId, PriceForClub]
    words: str


class ClubPrices:
    """The least that a new copy of a work costs, delivery and tax included: the shop's own price beside what
    stores told before, but for what is cheap beyond belief. Nobody is asked for it; where nothing is known
    there is no price.
    """

    def __init__(
        self, *, works: Bibliography, recall: RecallPrices, doubts: Doubts, own: OwnPrices, stores: Bookstores
    ) -> None:
        self._works = works
        self._recall = recall
        self._doubts = doubts
        self._own = own
        self._stores = stores

    async def __call__(self, works: Sequence[WorkId], members: int) -> Prices:
        """For a club of so many."""
        try:
            offers = await asyncio.gather(*(self._cheapest(work_id) for work_id in works))
        except DatabaseUnavailable:
            return Prices({}, NOT_KNOWN)
        found = zip(works, offers, strict=True)
        of_works = {work: _for_club(offer, members) for work, offer in found if offer}
        return Prices(of_works, self._words())

    async def of_edition(self, isbn: Isbn, members: int) -> tuple[PriceForClub | None, str]:
        """Of that one alone, and the words."""
        try:
            offers = await self._offers(isbn)
        except DatabaseUnavailable:
            return None, NOT_KNOWN
        offer = min(offers, key=lambda offer: offer.landed.amount, default=None)
        return _for_club(offer, members) if offer else None, self._words()

    def _words(self) -> str:
        return HERE_AND_ELSEWHERE if self._stores.all() else HERE_ALONE

    async def _cheapest(self, work_id: WorkId) -> Offer | None:
        try:
            editions = (await self._works.work(work_id)).editions[:EDITIONS]
        except WorkNotFound:  # proposed, and not sold any more
            return None
        known = await asyncio.gather(*(self._offers(Isbn(edition.isbn)) for edition in editions))
        offers = [offer for told in known for offer in told]
        return min(offers, key=lambda offer: offer.landed.amount, default=None)

    async def _offers(self, isbn: Isbn) -> list[Offer]:
        recollection, own = await asyncio.gather(self._recall(isbn), self._own(isbn))
        told = [
            offer
            for one in recollection.stores.values()
            if one.memory.known is not None and one.standing in OF_USE
            for offer in one.memory.known.told.offers
        ]
        doubted = await self._doubts.about(isbn) if told else {}
        believed = [o for o in told if (doubt := doubted.get(SamePrice.of(o))) is None or doubt.is_believed]
        return list(_comparable([*(own.offers if own else ()), *believed]))


def _comparable(offers: Iterable[Offer]) -> Iterable[Offer]:
    """New copies that may be bought, in the shop's own currency."""
    return (
        offer
        for offer in offers
        if offer.condition is Condition.NEW
        and offer.availability in MAY_BE_BOUGHT
        and offer.item.currency == CURRENCY
    )


def _for_club(offer: Offer, members: int) -> PriceForClub:
    return PriceForClub(
        one=offer.landed,
        for_all=Money(offer.landed.amount * members, offer.landed.currency),
        isbn=offer.isbn,
        store=offer.store,
        condition=offer.condition,
        seen_at=offer.seen_at,
    )
