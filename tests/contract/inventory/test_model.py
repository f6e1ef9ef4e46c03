"""Any steps by any orders in any sequence: PostgreSQL does what the model does, and its books agree."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from domain.inventory.errors import OutOfStock
from domain.shared.ids import BookId, OrderId
from tests.contract.inventory.stock_room import NOW, InMemoryLedger, PostgresLedger, StockRoom
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

BOOKS = [BookId(UUID(int=number)) for number in (1, 2, 3)]
EMPTY = [
    Statement("DELETE FROM stock"),
    Statement("DELETE FROM holds"),
    Statement("DELETE FROM stock_movements"),
]
baskets = st.dictionaries(st.sampled_from(BOOKS), st.integers(1, 3), min_size=1)


class StockRoomMachine(RuleBasedStateMachine):
    """The same step in both rooms; `runner`, `database` are set by the test."""

    runner: asyncio.Runner
    database: Database
    orders = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        work = InMemoryWork()
        vault = EnvelopeVault([b"k" * 32], b"i" * 32)
        self.model = StockRoom(InMemoryUnitOfWork(work), InMemoryLedger(work.inventory))
        self.real = StockRoom(PostgresUnitOfWork(self.database, vault), PostgresLedger(self.database))
        self.numbers = count(1)
        self.runner.run(self._open())

    async def _open(self) -> None:
        async with self.database.transaction() as connection:
            for statement in EMPTY:
                await connection.run(statement)
        for room in (self.model, self.real):
            for book in BOOKS:
                await room.ledger.start(book)

    def both(self, step: Callable[[StockRoom], Awaitable[Any]]) -> Any:  # noqa: ANN401 - whatever the step answers
        """Take it in both rooms; they must answer alike."""

        async def take(room: StockRoom) -> Any:  # noqa: ANN401 - as above
            try:
                return await step(room)
            except OutOfStock as refused:
                return refused.details["books"]

        real, model = self.runner.run(take(self.real)), self.runner.run(take(self.model))
        assert real == model
        return real

    @rule(book=st.sampled_from(BOOKS), copies=st.integers(1, 4))
    def receive(self, book: BookId, copies: int) -> None:
        self.both(lambda room: room.receive(book, copies))

    @rule(target=orders, wanted=baskets, minutes=st.integers(-30, 30))
    def hold(self, wanted: dict[BookId, int], minutes: int) -> object:
        order = OrderId(UUID(int=next(self.numbers)))
        until = NOW + timedelta(minutes=minutes, microseconds=order.int)
        answer = self.both(lambda room: room.hold(wanted, order, until=until))
        return order if answer == order else multiple()

    @rule(order=orders)
    def commit(self, order: OrderId) -> None:
        self.both(lambda room: room.commit(order))

    @rule(order=orders)
    def release(self, order: OrderId) -> None:
        self.both(lambda room: room.release(order))

    @rule(order=orders)
    def ship(self, order: OrderId) -> None:
        self.both(lambda room: room.ship(order))

    @rule(order=consumes(orders))
    def end_happily(self, order: OrderId) -> None:
        """The common way, so that shelves empty in few steps."""
        self.both(lambda room: room.commit(order))
        self.both(lambda room: room.ship(order))

    @rule(minutes=st.integers(-30, 30), limit=st.integers(1, 5))
    def lapse(self, minutes: int, limit: int) -> None:
        self.both(lambda room: room.lapse(NOW + timedelta(minutes=minutes), limit))

    @invariant()
    def counters_ledger_and_holds_agree(self) -> None:
        for account in self.both(lambda room: room.ledger.of(*BOOKS)):
            account.demand_agreement()


@pytest.fixture
def database(make_shop_database: Callable[[], str]) -> Iterator[Database]:
    """A database of its own, on a loop of its own: a state machine is not asynchronous."""
    with asyncio.Runner() as runner:
        at_ease = "&options=-csynchronous_commit%3Doff"  # no power cut is part of this model
        database = Database(make_shop_database() + at_ease, pool_size=1)
        runner.run(database.open())
        StockRoomMachine.runner, StockRoomMachine.database = runner, database
        yield database
        runner.run(database.close())


def test_any_sequence_of_steps_leaves_stock_ledger_and_holds_in_agreement(database: Database) -> None:
    run_state_machine_as_test(
        StockRoomMachine,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
