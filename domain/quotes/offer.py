"""What the shop sells a book for at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.shared.ids import BookId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An edition of the catalogue. `available` counts copies nobody has set aside; None where none run out.
    A withdrawn edition keeps its offer, so that a cart can name it, but is not `on_sale`.
    """

    book_id: BookId
    isbn: str
    title: str
    format: str
    price: Money
    weight_grams: int
    digital: bool
    available: int | None
    on_sale: bool = True


class Offers(Protocol):
    """The price list."""

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        """One look for all of them; a book the shop never had is missing from the answer."""
        ...
