"""What a purchase is bound to: one offer of one seller, with its landed price. Seen once, never changed."""

from dataclasses import dataclass
from datetime import datetime

from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Price and goods travel in one object, so that no part is ever put beside a part of another offer.
    `seen_at` is when the store said so.
    """

    store: str
    offer_id: str
    seller: str
    isbn: Isbn
    format: Format
    condition: str
    item: Money
    shipping: Money
    tax: Money
    seen_at: datetime

    @property
    def landed(self) -> Money:
        """What the reader pays in the end."""
        return self.item + self.shipping + self.tax

    def is_of_the_same_goods(self, other: "Quote") -> bool:
        """The same thing from the same seller, whatever it costs."""
        return _goods(self) == _goods(other)


def _goods(quote: Quote) -> tuple[object, ...]:
    return (
        quote.store,
        quote.offer_id,
        quote.seller,
        quote.isbn,
        quote.format,
        quote.condition,
        quote.landed.currency,
    )
