"""Quotes, price lists and rates in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.quotes.errors import QuoteAlreadyUsed, QuoteNotFound
from domain.quotes.offer import Offer
from domain.quotes.quote import Quote
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId, QuoteId, UserId
from domain.shared.money import Money


class InMemoryQuotes:
    """The `Quotes` port."""

    def __init__(self) -> None:
        self._kept: dict[QuoteId, Quote] = {}

    async def add(self, quote: Quote) -> None:
        self._kept = {
            key: kept
            for key, kept in self._kept.items()
            if kept.user_id != quote.user_id or kept.expires_at >= quote.made_at or kept.used_by is not None
        }
        self._kept[quote.id] = quote

    async def get(self, quote_id: QuoteId, user_id: UserId) -> Quote:
        quote = self._kept.get(quote_id)
        if quote is None or quote.user_id != user_id:
            raise QuoteNotFound("There is no such quote.")
        return quote

    async def use(self, quote_id: QuoteId, order_id: OrderId) -> None:
        quote = self._kept.get(quote_id)
        if quote is None or quote.used_by not in {None, order_id}:
            raise QuoteAlreadyUsed("An order was placed with this quote.")
        self._kept[quote_id] = replace(quote, used_by=order_id)


class InMemoryOffers:
    """The `Offers` port; `on_sale` is the whole price list."""

    def __init__(self, *offers: Offer) -> None:
        self.on_sale = {offer.book_id: offer for offer in offers}

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        return {book_id: self.on_sale[book_id] for book_id in book_ids if book_id in self.on_sale}


class FlatRates:
    """The `CarriageRates` port: 4.99 USD for "standard", 12.00 USD for "express", and nothing to Mars."""

    def price(self, method: str, country: str, weight_grams: int) -> Money:
        if method not in {"standard", "express"} or country == "XM":
            raise InvalidInput("shipping_method", "No such method goes there.")
        return Money(499 if method == "standard" else 1200, "USD")
