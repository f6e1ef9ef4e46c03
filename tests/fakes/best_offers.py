"""What books cost elsewhere, as a test lays it out."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from domain.purchases.errors import ComparisonFailed, LastLookFailed
from domain.purchases.ports import Found
from domain.purchases.quote import Quote
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class StandingOffers:
    """The `BestOffers` port over a list. `now` is what stores say at the last look; what is not in there
    stands as it was, and None is gone.
    """

    def __init__(self, *offers: Quote) -> None:
        self.offers = list(offers)
        self.not_ordered_from: set[str] = set()
        self.now: dict[str, Quote | None] = {}
        self.broken = 0  # so many comparisons fail
        self.silent = 0  # so many last looks get no answer
        self.seen_at: Callable[[], datetime] | None = None  # when it is looked at; else as the offer says
        self.compared = 0
        self.looked = 0

    async def best(
        self, isbn: Isbn, maximum: Money, conditions: Collection[str], *, until: datetime
    ) -> Found | None:
        self.compared += 1
        if self.broken:
            self.broken -= 1
            raise ComparisonFailed("No store answers.")
        fitting = [
            offer
            for offer in self.offers
            if offer.isbn == isbn
            and offer.condition in conditions
            and offer.item.currency == maximum.currency
        ]
        fitting.sort(key=lambda offer: offer.landed.amount)
        if not fitting:
            return None
        orderable = [offer for offer in fitting if offer.store not in self.not_ordered_from]
        return Found(orderable[0] if orderable else None, fitting[0])

    async def look_again(self, quote: Quote) -> Quote | None:
        self.looked += 1
        if self.silent:
            self.silent -= 1
            raise LastLookFailed("The store does not answer.")
        seen = self.now.get(quote.offer_id, quote)
        return seen if seen is None or self.seen_at is None else replace(seen, seen_at=self.seen_at())

    def moves_to(self, quote: Quote, item: Money) -> None:
        """At the last look the store asks another price."""
        self.now[quote.offer_id] = replace(quote, item=item)
