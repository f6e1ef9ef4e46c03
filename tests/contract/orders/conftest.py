"""Orders in memory and in PostgreSQL, with their read side and their events."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.orders import PostgresOrderViews
from adapters.postgres.statement import Statement
from application.orders.views import OrderViews
from application.shared.unit_of_work import UnitOfWork
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.shared.ids import OrderId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON, particulars
from tests.fakes.work import InMemoryUnitOfWork

_EVENTS = Statement("SELECT name FROM outbox WHERE aggregate_id = %(id)s ORDER BY id")


@dataclass
class Archive:
    """Where orders are kept, and what can be read of them."""

    unit_of_work: UnitOfWork
    views: OrderViews
    database: Database | None

    async def reader(self) -> UserId:
        """Somebody with an account, and so with a key for personal data."""
        reader = UserId(uuid4())
        email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(reader, email, "Jane Fairfax", PasswordHash("unused"), NOON)
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return reader

    async def add(self, order: Order, private: Particulars | None = None) -> OrderId:
        async with self.unit_of_work() as work:
            await work.orders.add(order, private or particulars())
        return order.id

    async def get(self, order_id: OrderId) -> Order:
        async with self.unit_of_work() as work:
            return await work.orders.get(order_id)

    async def save(self, order: Order) -> None:
        async with self.unit_of_work() as work:
            await work.orders.save(order)

    async def story(self, order_id: OrderId) -> list[str]:
        return [sentence.text for sentence in await self.views.timeline_after(order_id, 0)]

    async def events(self, order_id: OrderId) -> list[str]:
        """The names of what was put into the outbox for it."""
        if self.database is not None:
            return [row.name for row in await self.database.all(_EVENTS, id=order_id)]
        assert isinstance(self.unit_of_work, InMemoryUnitOfWork)
        return [e.name for e in self.unit_of_work.work.orders.events if e.aggregate_id == order_id]


@pytest.fixture
def archive(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Archive:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Archive(unit_of_work, unit_of_work.work.orders, None)
    database: Database = request.getfixturevalue("database")
    return Archive(unit_of_work, PostgresOrderViews(database), database)
