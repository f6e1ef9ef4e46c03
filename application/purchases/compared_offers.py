"""What a purchase asks of the comparison of prices."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from application.prices.ask_store import AskStore
from application.prices.compare_prices import ComparePrices
from application.prices.comparison_events import Compared, Priced
from application.prices.price_question import PriceQuestion
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.ports import Bookstores
from domain.prices.store import Lane, Missing
from domain.purchases.errors import ComparisonFailed, LastLookFailed
from domain.purchases.ports import Found
from domain.purchases.quote import Quote
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn
from domain.shared.money import Money

# The lane for those about to pay has a turn within a second or two even at the slowest store.
LAST_LOOK: Final = timedelta(seconds=4)
SAID_SOMETHING: Final = frozenset({None, Missing.NOT_SOLD})


class ComparedOffers:
    """The `BestOffers` port. What a store told an hour ago may choose the offer; the last look, which no
    memory answers, decides whether it is bought.
    """

    def __init__(self, compare: ComparePrices, stores: Bookstores, ask_store: AskStore, clock: Clock) -> None:
        self._compare = compare
        self._stores = stores
        self._ask_store = ask_store
        self._clock = clock

    async def best(
        self, isbn: Isbn, maximum: Money, conditions: Collection[str], *, until: datetime
    ) -> Found | None:
        """See the port."""
        wanted = frozenset(map(Condition, conditions))
        question = PriceQuestion(isbn=isbn, currency=maximum.currency, conditions=wanted, to_order=True)
        async for event in self._compare(question, within=until - self._clock.now()):
            if isinstance(event, Compared):
                return _found(event)
        raise ComparisonFailed("Prices could not be compared just now.")

    async def look_again(self, quote: Quote) -> Quote | None:
        """See the port."""
        try:
            store = self._stores.named(StoreName(quote.store))
        except KeyError:
            raise LastLookFailed(f"This shop no longer knows {quote.store}.") from None
        asked = await self._ask_store.again(store, _offer_of(quote), Lane.CHARGE, within=LAST_LOOK)
        if asked.missing not in SAID_SOMETHING:
            raise LastLookFailed(f"{quote.store} did not say what it asks now.")
        offers = [offer for offer in asked.offers if offer.availability.can_be_bought]
        return quote_of(offers[0]) if offers else None


def _found(compared: Compared) -> Found | None:
    if compared.best is None:
        if not compared.missing:
            raise ComparisonFailed("This shop knows no stores to compare.")
        if not compared.answers and compared.counts.asked and not compared.counts.answered:
            raise ComparisonFailed("No store answers just now.")
        return None
    return Found(_quote(compared.best_to_order), quote_of(compared.best.offer))


def _quote(priced: Priced | None) -> Quote | None:
    return None if priced is None else quote_of(priced.offer)


def quote_of(offer: Offer) -> Quote:
    """The offer as a purchase is bound to it."""
    return Quote(
        store=offer.store,
        offer_id=offer.offer_id,
        seller=offer.seller,
        isbn=offer.isbn,
        format=offer.format,
        condition=offer.condition.value,
        item=offer.item,
        shipping=offer.shipping,
        tax=offer.tax,
        seen_at=offer.seen_at,
    )


def _offer_of(quote: Quote) -> Offer:
    return Offer(
        store=StoreName(quote.store),
        offer_id=quote.offer_id,
        seller=quote.seller,
        isbn=quote.isbn,
        format=quote.format,
        condition=Condition(quote.condition),
        item=quote.item,
        shipping=quote.shipping,
        tax=quote.tax,
        availability=Availability.UNKNOWN,
        seen_at=quote.seen_at,
    )
