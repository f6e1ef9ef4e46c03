"""What the shop itself asks for a book."""

from datetime import timedelta
from typing import Final

from application.external_books.ports import OwnBooks
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.answer import Told
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.store import StoreTerms
from domain.quotes.offer import Offer as Listed
from domain.quotes.offer import Offers
from domain.quotes.tax import book_tax
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shipping.rates import CURRENCY, DIGITAL, STANDARD, RateTable

OURSELVES: Final = StoreName("octavo")
HOME: Final = "US"  # where the shop's warehouse is: other stores tell what it costs at home, too
FEW: Final = 3  # copies
TERMS: Final = StoreTerms(
    name=OURSELVES, title="Octavo", country=HOME, currency=CURRENCY, limits=(), can_order=False
)


class OwnPrices:
    """The shop's price is one among the others, with standard delivery and tax in its own country."""

    def __init__(self, books: OwnBooks, offers: Offers, rates: RateTable, clock: Clock) -> None:
        self._books = books
        self._offers = offers
        self._rates = rates
        self._clock = clock

    async def __call__(self, isbn: Isbn) -> Told | None:
        """None: it does not sell the book, or cannot tell just now."""
        try:
            on_sale = await self._books.on_sale([isbn])
            listed = await self._offers.of(list(on_sale.values())) if on_sale else {}
        except DatabaseUnavailable:
            return None
        priced = [one for one in listed.values() if one.price.currency == CURRENCY]
        if not priced:
            return None
        offer = self._offer(isbn, priced[0])
        return Told(isbn=isbn, store=OURSELVES, offers=(offer,), at=offer.seen_at, took=timedelta())

    def _offer(self, isbn: Isbn, listed: Listed) -> Offer:
        tax = book_tax(HOME)
        way = DIGITAL if listed.digital else STANDARD
        shipping = self._rates.price(way, HOME, listed.weight_grams)
        return Offer(
            store=OURSELVES,
            offer_id=str(listed.book_id),
            seller=TERMS.title,
            isbn=isbn,
            format=Format(listed.format),
            condition=Condition.NEW,
            item=listed.price,
            shipping=shipping,
            tax=listed.price.share(tax.rate(listed.format)) + shipping.share(tax.shipping),
            availability=_availability(listed.available),
            seen_at=self._clock.now(),
        )


def _availability(available: int | None) -> Availability:
    if available is None:
        return Availability.IN_STOCK
    if available <= 0:
        return Availability.OUT_OF_STOCK
    return Availability.FEW_LEFT if available <= FEW else Availability.IN_STOCK
