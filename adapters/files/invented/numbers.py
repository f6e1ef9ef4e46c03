"""ISBNs that no other book has: nobody was assigned 979-2 to 979-7, and each seed has a part of them."""

from dataclasses import dataclass
from typing import Final

from domain.shared.isbn import Isbn, isbn13_check_digit

MOST_BOOKS: Final = 10_000_000  # of one seed
SEEDS: Final = range(60)  # so many parts there are
_FIRST: Final = 200_000_000  # 979-2; the shipped catalogue has 979-9
_STEP: Final = (
    6_180_339  # shares no factor with ten: neighbours in the file are strangers by number, as in life
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Those of one seed."""

    seed: int

    def isbn(self, number: int) -> Isbn:
        """A different one for each number below `MOST_BOOKS`."""
        place = number * _STEP % MOST_BOOKS
        stem = f"979{_FIRST + self.seed * MOST_BOOKS + place}"
        return Isbn(stem + isbn13_check_digit(stem))
