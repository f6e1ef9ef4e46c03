"""What use cases need to keep quotes."""

from typing import Protocol

from domain.quotes.quote import Quote
from domain.shared.ids import OrderId, QuoteId, UserId
from domain.shared.money import Money


class Quotes(Protocol):
    """Promises, kept word for word: a quote is written once and never priced again."""

    async def add(self, quote: Quote) -> None:
        """Keep a new promise; the reader's expired, unused ones are forgotten on the occasion."""
        ...

    async def get(self, quote_id: QuoteId, user_id: UserId) -> Quote:
        """The reader's own quote; raises `QuoteNotFound` for anybody else's."""
        ...

    async def use(self, quote_id: QuoteId, order_id: OrderId) -> None:
        """Spend it on an order, in that order's transaction; the same order may repeat it. Raises
        `QuoteAlreadyUsed` when another order was quicker.
        """
        ...


class CarriageRates(Protocol):
    """The carriers' price list."""

    def price(self, method: str, country: str, weight_grams: int) -> Money:
        """What a parcel of that weight costs, net. Raises `InvalidInput` naming `shipping_method` where no
        such method goes to that country.
        """
        ...
