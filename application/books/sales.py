"""How often each book was sold, lately and ever."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Protocol

from domain.shared.ids import BookId, OrderId

WINDOW: Final = timedelta(days=28)  # what sold lately: four of each weekday, so that no weekend weighs double


class Sales(Protocol):
    """Copies of confirmed orders, counted for the day (UTC) on which they were ordered. A book's recent
    figure is the sum of its days that are kept. Every method returns the books whose figures changed: whoever
    shows the figures elsewhere (a search index) tells it about these.
    """

    async def count(self, order_id: OrderId) -> Sequence[BookId]:
        """Add what this order bought; again, or once it was called off, is a no-op."""
        ...

    async def take_back(self, order_id: OrderId) -> Sequence[BookId]:
        """The order was called off before it left the house: what was counted of it counts no more; again, or
        for an order that stands, is a no-op.
        """
        ...

    async def forget(self, before: date, at_most: int) -> Sequence[BookId]:
        """Let days before that one go, so many sales of a book on a day at a time; what sold ever stays."""
        ...
