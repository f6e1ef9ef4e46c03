"""One line of an order: what was bought at which price, as it was then."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.shared.ids import BookId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A number of copies of one edition. The total is exact to the cent."""

    book_id: BookId
    isbn: str
    title: str
    format: str
    quantity: int
    unit_price: Money
    discount: Money
    tax: Money
    digital: bool

    @property
    def total(self) -> Money:
        """What the reader pays for this line."""
        return self.unit_price * self.quantity - self.discount + self.tax


def copies_of(lines: Iterable[OrderLine]) -> dict[BookId, int]:
    """How many of each book; two lines of one book count together."""
    copies: Counter[BookId] = Counter()
    for line in lines:
        copies[line.book_id] += line.quantity
    return dict(copies)
