"""Take a book out of the catalogue."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import BookId


class WithdrawBook:
    """Staff withdraws a book: nobody finds or buys it any more, and the orders that hold it are honoured.
    Withdrawing it again is harmless.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, book_id: BookId, seen: int | None) -> None:
        """`seen` is the version looked at before; None: whatever it is. Raises `BookNotFound`,
        `StaleVersion`.
        """
        async with self._unit_of_work() as work:
            book = await work.books.get(book_id)
            if seen is not None:
                book.expect(seen)
            book.withdraw(at=self._clock.now())
            await work.books.save(book)
