"""Copies arrive at the shop."""

from application.shared.unit_of_work import UnitOfWork
from domain.inventory.stock import StockLevel
from domain.shared.clock import Clock
from domain.shared.ids import BookId


class ReceiveStock:
    """Staff records what arrived and why; the ledger keeps it."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, book_id: BookId, quantity: int, reason: str) -> StockLevel:
        """Returns the new level; raises `NoStockRecord`, `InvalidInput`."""
        async with self._unit_of_work() as work:
            return await work.inventory.receive(book_id, quantity, reason, self._clock.now())


class SeeStock:
    """Staff sees how many copies there are, set aside and free."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, book_id: BookId) -> StockLevel:
        """Raises `NoStockRecord`."""
        async with self._unit_of_work() as work:
            return await work.inventory.level(book_id)
