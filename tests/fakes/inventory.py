"""A stock room in memory, proven equal to the real one by the contract suite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.inventory.errors import NoStockRecord, OutOfStock
from domain.inventory.hold import HoldState
from domain.inventory.stock import MovementKind, StockLevel
from domain.shared.ids import BookId, OrderId


@dataclass
class _Hold:
    quantity: int
    state: HoldState
    expires_at: datetime


class InMemoryInventory:
    """The `Inventory` port."""

    def __init__(self) -> None:
        self.stock: dict[BookId, StockLevel] = {}
        self.holds: dict[tuple[OrderId, BookId], _Hold] = {}
        self.movements: list[tuple[BookId, OrderId | None, MovementKind, int, int]] = []

    def put(self, book_id: BookId, copies: int) -> None:
        """Start keeping stock of a book."""
        self.stock[book_id] = StockLevel(book_id, on_hand=copies)
        self.movements.append((book_id, None, MovementKind.RECEIPT, copies, 0))

    async def hold(
        self, order_id: OrderId, wanted: Mapping[BookId, int], *, expires_at: datetime, at: datetime
    ) -> None:
        self._require(wanted)
        for book, quantity in wanted.items():
            self.holds[order_id, book] = _Hold(quantity, HoldState.HELD, expires_at)
            self._move(book, order_id, MovementKind.HOLD, 0, quantity)

    async def commit(self, order_id: OrderId, at: datetime) -> None:
        lapsed = {
            book: hold.quantity for book, hold in self._of(order_id) if hold.state is HoldState.RELEASED
        }
        self._require(lapsed)
        for book, hold in self._of(order_id):
            if hold.state is HoldState.RELEASED:
                self._move(book, order_id, MovementKind.RETAKE, 0, hold.quantity)
            if hold.state is not HoldState.SHIPPED:
                hold.state = HoldState.COMMITTED

    async def release(self, order_id: OrderId, at: datetime) -> None:
        for book, hold in self._of(order_id):
            if hold.state in {HoldState.HELD, HoldState.COMMITTED}:
                self._give_back(order_id, book)

    async def ship(self, order_id: OrderId, at: datetime) -> None:
        for book, hold in self._of(order_id):
            if hold.state is HoldState.COMMITTED:
                hold.state = HoldState.SHIPPED
                self._move(book, order_id, MovementKind.SHIP, -hold.quantity, -hold.quantity)

    async def receive(self, book_id: BookId, quantity: int, reason: str, at: datetime) -> StockLevel:
        level = await self.level(book_id)
        level.receive(quantity)
        self._move(book_id, None, MovementKind.RECEIPT, quantity, 0)
        return self.stock[book_id]

    async def level(self, book_id: BookId) -> StockLevel:
        if book_id not in self.stock:
            raise NoStockRecord("The shop keeps no stock of this book.")
        return self.stock[book_id]

    async def release_lapsed(self, before: datetime, at: datetime, limit: int) -> int:
        lapsed = [
            (hold.expires_at, order, book)
            for (order, book), hold in self.holds.items()
            if hold.state is HoldState.HELD and hold.expires_at < before
        ]
        for _, order, book in sorted(lapsed)[:limit]:
            self._give_back(order, book)
        return len(lapsed[:limit])

    def _of(self, order_id: OrderId) -> list[tuple[BookId, _Hold]]:
        return [(book, hold) for (order, book), hold in self.holds.items() if order == order_id]

    def _give_back(self, order: OrderId, book: BookId) -> None:
        hold = self.holds[order, book]
        hold.state = HoldState.RELEASED
        self._move(book, order, MovementKind.RELEASE, 0, -hold.quantity)

    def _require(self, wanted: Mapping[BookId, int]) -> None:
        left = {book: self.stock[book].available if book in self.stock else 0 for book in wanted}
        short = {book: left[book] for book, quantity in wanted.items() if quantity > left[book]}
        if short:
            raise OutOfStock.of(short)

    def _move(self, book: BookId, order: OrderId | None, kind: MovementKind, on_hand: int, held: int) -> None:
        level = self.stock[book]
        self.stock[book] = StockLevel(book, level.on_hand + on_hand, level.held + held)
        self.movements.append((book, order, kind, on_hand, held))
