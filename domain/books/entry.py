"""One edition as a catalogue file tells of it."""

from dataclasses import dataclass
from typing import Final

from domain.books.book import demand_sellable
from domain.books.edition import EditionFacts, Format
from domain.books.isbn import Isbn
from domain.books.work import WorkFacts
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

MOST_COPIES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A work, one edition of it, its price, and the copies that arrive with it when it is new."""

    work: WorkFacts
    isbn: Isbn
    format: Format
    edition: EditionFacts
    price: Money
    stock: int = 0

    def __post_init__(self) -> None:
        demand_sellable(self.price)
        if not 0 <= self.stock <= MOST_COPIES:
            raise InvalidInput("stock", f"Use 0 to {MOST_COPIES} copies.")
        if self.stock and self.format.is_digital:
            raise InvalidInput("stock", f"An {self.format} does not run out: leave this empty.")
