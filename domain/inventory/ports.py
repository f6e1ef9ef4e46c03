"""What the shop needs from its stock room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.inventory.stock import StockLevel
from domain.shared.ids import BookId, OrderId


class Inventory(Protocol):
    """Stock and its ledger move together, in the caller's transaction, and a repeated step moves nothing."""

    async def hold(
        self, order_id: OrderId, wanted: Mapping[BookId, int], *, expires_at: datetime, at: datetime
    ) -> None:
        """Set the copies aside for a new order, all or none; raises `OutOfStock`. Call it last in a
        transaction: it locks the rows that every other buyer of these books waits for.
        """
        ...

    async def commit(self, order_id: OrderId, at: datetime) -> None:
        """The held copies are paid for. A lapsed hold is taken again or raises `OutOfStock`."""
        ...

    async def release(self, order_id: OrderId, at: datetime) -> None:
        """Give back whatever the order still sets aside."""
        ...

    async def ship(self, order_id: OrderId, at: datetime) -> None:
        """The committed copies leave the house."""
        ...

    async def receive(self, book_id: BookId, quantity: int, reason: str, at: datetime) -> StockLevel:
        """Copies arrive; raises `NoStockRecord`."""
        ...

    async def level(self, book_id: BookId) -> StockLevel:
        """How many there are; raises `NoStockRecord`."""
        ...

    async def release_lapsed(self, before: datetime, at: datetime, limit: int) -> int:
        """Release holds that nobody committed and whose time ran out before `before`; returns how many."""
        ...
