"""What comes of asking a store about an edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.prices.offer import Availability, Offer, Series, StoreName
from domain.prices.store import Missing
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

# A store that does not tell whether it has a copy may have one; the look before the money moves finds out.
MAY_BE_BOUGHT: Final = frozenset({Availability.IN_STOCK, Availability.FEW_LEFT, Availability.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a store answered about an edition, `took` after it was asked. Without offers it does not sell the
    book, and that is an answer, too.
    """

    isbn: Isbn
    store: StoreName
    offers: tuple[Offer, ...]
    at: datetime
    took: timedelta

    def __post_init__(self) -> None:
        if any(offer.isbn != self.isbn or offer.store != self.store for offer in self.offers):
            raise InvalidInput("offers", "A store's answer speaks of its own offers of one edition.")
        if len({offer.offer_id for offer in self.offers}) < len(self.offers):
            raise InvalidInput("offers", "Each offer of a store has an id of its own.")

    @property
    def lows(self) -> Mapping[Series, Money]:
        """The least a reader pays in the end, in each series of which a copy may be bought."""
        lows: dict[Series, Money] = {}
        for offer in self.offers:
            low = lows.get(offer.series)
            if offer.availability in MAY_BE_BOUGHT and (low is None or offer.landed < low):
                lows[offer.series] = offer.landed
        return lows


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Why a store told nothing when it was asked."""

    isbn: Isbn
    store: StoreName
    why: Missing
    at: datetime


Outcome = Told | Unanswered


def answer(isbn: Isbn, store: StoreName, offers: Iterable[Offer], *, at: datetime, took: timedelta) -> Told:
    """What a store said, put right: of offers with the same id the first counts."""
    by_id: dict[str, Offer] = {}
    for offer in offers:
        by_id.setdefault(offer.offer_id, offer)
    return Told(isbn=isbn, store=store, offers=tuple(by_id.values()), at=at, took=took)
