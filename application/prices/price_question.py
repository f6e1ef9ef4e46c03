"""What somebody wants to know of a book's prices."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from domain.prices.estimates.experience import Trade
from domain.prices.offer import Condition, Offer
from domain.prices.store import StoreTerms
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import EXPONENTS

ONLY_NEW: Final = frozenset({Condition.NEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceQuestion:
    """Stores are asked until nobody is likely to sell cheaper in that currency and in one of these
    `conditions`; what they tell beside that is shown, too, unless it is of another `format`. `to_order`: the
    cheapest is sought among stores that take orders.
    """

    isbn: Isbn
    currency: str
    conditions: Collection[Condition] = ONLY_NEW
    format: Format | None = None
    to_order: bool = False

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise InvalidInput("currency", f"Use one of {', '.join(sorted(EXPONENTS))}.")
        if not self.conditions:
            raise InvalidInput("condition", "Name at least one.")

    @property
    def trade(self) -> Trade:
        """Whose experience counts."""
        return Trade.of(self.conditions)

    def shows(self, offer: Offer) -> bool:
        """Whether it has a part in the answer."""
        return self.format in {None, offer.format}

    def wants(self, offer: Offer) -> bool:
        """Whether it may be the answer."""
        return (
            self.shows(offer)
            and offer.condition in self.conditions
            and offer.item.currency == self.currency
            and offer.availability.can_be_bought
        )

    def accepts(self, terms: StoreTerms) -> bool:
        """Whether what that store sells may be the answer."""
        return terms.currency == self.currency and (terms.can_order or not self.to_order)
