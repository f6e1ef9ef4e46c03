"""Bestsellers are of today."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from application.books.sales import WINDOW, Sales
from application.search.ports import SearchDocuments
from domain.shared.clock import Clock
from domain.shared.ids import BookId

AT_ONCE: Final = 500  # books and days: some tens of milliseconds, during which a sale of them waits
MOST: Final = 20  # portions a call: events wait for the housekeeping, so it stops after a second
_ONE_DAY: Final = timedelta(days=1)


class RenewBestsellers:
    """What sold more than four weeks ago does not make a bestseller any more. Only books with such sales are
    touched, and the search is told of them; what a call leaves over, the next one takes.
    """

    def __init__(self, sales: Sales, documents: SearchDocuments, clock: Clock) -> None:
        self._sales = sales
        self._documents = documents
        self._clock = clock

    async def __call__(self) -> Sequence[BookId]:
        """Returns the books whose figures changed."""
        first_day = (self._clock.now() - WINDOW).date() + _ONE_DAY
        changed: dict[BookId, None] = {}
        for _ in range(MOST):
            portion = await self._sales.forget(first_day, AT_ONCE)
            if not portion:
                break
            changed |= dict.fromkeys(portion)
            await self._documents.mark_books(portion, self._clock.now())
        return list(changed)
