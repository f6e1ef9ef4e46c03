"""The stock of one book, and every reason it ever changed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.inventory.errors import OutOfStock
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId

MOST_COPIES: Final = 1_000_000_000  # of one book: far beyond any stock room, well within every counter


class MovementKind(StrEnum):
    """Why stock moved. What keeps a replayed step from moving it twice is the state of the order's hold."""

    RECEIPT = "receipt"
    HOLD = "hold"
    RELEASE = "release"
    RETAKE = "retake"
    SHIP = "ship"


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Copies in the house, and how many of them are set aside. 0 ≤ held ≤ on_hand, always."""

    book_id: BookId
    on_hand: int = 0
    held: int = 0

    @property
    def available(self) -> int:
        """What the next reader can buy."""
        return self.on_hand - self.held

    def receive(self, quantity: int) -> "StockLevel":
        """Copies arrive."""
        if quantity <= 0:
            raise InvalidInput("qty", "A receipt adds at least one copy.")
        if self.on_hand + quantity > MOST_COPIES:
            raise InvalidInput("qty", f"The shop keeps {MOST_COPIES:,} copies of a book at most.")
        return replace(self, on_hand=self.on_hand + quantity)

    def hold(self, quantity: int) -> "StockLevel":
        """Set copies aside, or refuse: never more than there are."""
        if quantity > self.available:
            raise OutOfStock.of({self.book_id: self.available})
        return replace(self, held=self.held + quantity)

    def release(self, quantity: int) -> "StockLevel":
        """Give copies back to the shelf."""
        return replace(self, held=self.held - quantity)

    def ship(self, quantity: int) -> "StockLevel":
        """Copies that were set aside leave the house."""
        return replace(self, on_hand=self.on_hand - quantity, held=self.held - quantity)
