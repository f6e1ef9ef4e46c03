"""What the shop sells a book for at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.shared.ids import BookId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An edition on sale. `available` counts copies nobody has set aside; None where none run out."""

    book_id: BookId
    isbn: str
    title: str
    format: str
    price: Money
    weight_grams: int
    digital: bool
    available: int | None


class Offers(Protocol):
    """The price list."""

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Offer]:
        """One look for all of them; a book that is not on sale is missing from the answer."""
        ...
