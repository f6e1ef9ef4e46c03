"""One edition as a catalogue file tells of it."""

from dataclasses import dataclass
from typing import Final

from domain.books.book import demand_sellable
from domain.books.edition import EditionFacts
from domain.books.work import WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

MOST_COPIES: Final = 1_000_000
MOST_SOLD: Final = 1_000_000_000  # no book was, but one


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A work, one edition of it, its price, and what comes with it when it is new: the copies that arrive,
    and how many were sold elsewhere before.
    """

    work: WorkFacts
    isbn: Isbn
    format: Format
    edition: EditionFacts
    price: Money
    stock: int = 0
    sold: int = 0

    def __post_init__(self) -> None:
        demand_sellable(self.price)
        if not 0 <= self.stock <= MOST_COPIES:
            raise InvalidInput("stock", f"Use 0 to {MOST_COPIES} copies.")
        if self.stock and self.format.is_digital:
            raise InvalidInput("stock", f"An {self.format} does not run out: leave this empty.")
        if not 0 <= self.sold <= MOST_SOLD:
            raise InvalidInput("sold", f"Use 0 to {MOST_SOLD} copies.")
