"""A stock room whose counters can be compared with its ledger, in memory and in PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import uuid4

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from application.shared.unit_of_work import UnitOfWork
from domain.inventory.hold import HoldState
from domain.inventory.stock import StockLevel
from domain.shared.ids import BookId, OrderId
from tests.fakes.inventory import InMemoryInventory

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=15)


@dataclass(frozen=True)
class Account:
    """Everything written down about one book."""

    counters: StockLevel
    moved: list[tuple[str, int, int]]  # kind, on hand, held: oldest first
    set_aside: int  # by holds that are open

    def demand_agreement(self) -> None:
        """The counters are the sum of the ledger, and of the open holds, and within their bounds."""
        on_hand, held = sum(m[1] for m in self.moved), sum(m[2] for m in self.moved)
        assert (self.counters.on_hand, self.counters.held) == (on_hand, held)
        assert held == self.set_aside
        assert 0 <= held <= on_hand


class Ledger(Protocol):
    """The books behind the counters."""

    async def start(self, book: BookId) -> None:
        """Keep stock of a book from now on."""
        ...

    async def of(self, *books: BookId) -> list[Account]:
        """Everything written about them."""
        ...


class InMemoryLedger:
    def __init__(self, inventory: InMemoryInventory) -> None:
        self._inventory = inventory

    async def start(self, book: BookId) -> None:
        self._inventory.stock[book] = StockLevel(book)

    async def of(self, *books: BookId) -> list[Account]:
        return [self._of(book) for book in books]

    def _of(self, book: BookId) -> Account:
        moved = [(m[2].value, m[3], m[4]) for m in self._inventory.movements if m[0] == book]
        holds = [hold for (_, held), hold in self._inventory.holds.items() if held == book]
        set_aside = sum(h.quantity for h in holds if h.state in {HoldState.HELD, HoldState.COMMITTED})
        return Account(self._inventory.stock[book], moved, set_aside)


class PostgresLedger:
    _START = Statement("INSERT INTO stock (book_id) VALUES (%(book)s)")
    _OF = Statement("""
        SELECT s.book_id, s.on_hand, s.held,
               (SELECT coalesce(json_agg(json_build_array(m.kind, m.on_hand, m.held) ORDER BY m.id), '[]')
                FROM stock_movements m WHERE m.book_id = s.book_id) AS moved,
               (SELECT coalesce(sum(h.quantity), 0) FROM holds h
                WHERE h.book_id = s.book_id AND h.state IN ('held', 'committed')) AS set_aside
        FROM stock s WHERE s.book_id = ANY(%(books)s)
    """)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, book: BookId) -> None:
        async with self._database.transaction() as connection:
            await connection.run(self._START, book=book)

    async def of(self, *books: BookId) -> list[Account]:
        rows = {row.book_id: row for row in await self._database.all(self._OF, books=list(books))}
        return [self._account(rows[book]) for book in books]

    def _account(self, row: Row) -> Account:
        moved = [(kind, on_hand, held) for kind, on_hand, held in row.moved]
        return Account(StockLevel(row.book_id, row.on_hand, row.held), moved, row.set_aside)


class StockRoom:
    """Each step in a transaction of its own."""

    def __init__(self, unit_of_work: UnitOfWork, ledger: Ledger) -> None:
        self._unit_of_work = unit_of_work
        self.ledger = ledger

    async def with_copies(self, *copies: int) -> list[BookId]:
        """New books, so many copies of each."""
        return [await self.with_book(number) for number in copies]

    async def with_book(self, copies: int) -> BookId:
        """A new book."""
        book = BookId(uuid4())
        await self.ledger.start(book)
        if copies:
            await self.receive(book, copies)
        return book

    async def receive(self, book: BookId, copies: int) -> StockLevel:
        async with self._unit_of_work() as work:
            return await work.inventory.receive(book, copies, "a delivery", NOW)

    async def hold(
        self, wanted: Mapping[BookId, int], order: OrderId | None = None, *, until: datetime = SOON
    ) -> OrderId:
        order = order or OrderId(uuid4())
        async with self._unit_of_work() as work:
            await work.inventory.hold(order, wanted, expires_at=until, at=NOW)
        return order

    async def commit(self, order: OrderId) -> None:
        async with self._unit_of_work() as work:
            await work.inventory.commit(order, NOW)

    async def release(self, order: OrderId) -> None:
        async with self._unit_of_work() as work:
            await work.inventory.release(order, NOW)

    async def ship(self, order: OrderId) -> None:
        async with self._unit_of_work() as work:
            await work.inventory.ship(order, NOW)

    async def lapse(self, before: datetime, limit: int = 100) -> int:
        async with self._unit_of_work() as work:
            return await work.inventory.release_lapsed(before, NOW, limit)

    async def level(self, book: BookId) -> tuple[int, int]:
        """Copies in the house and set aside; proven by the ledger and the open holds."""
        async with self._unit_of_work() as work:
            counters = await work.inventory.level(book)
        [account] = await self.ledger.of(book)
        assert account.counters == counters
        account.demand_agreement()
        return counters.on_hand, counters.held

    async def kinds(self, book: BookId) -> list[str]:
        """Why its stock moved, after the deliveries."""
        [account] = await self.ledger.of(book)
        return [kind for kind, _, _ in account.moved if kind != "receipt"]
