"""Purchases in memory and in PostgreSQL, with their read side and what readers may spend."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.purchases import PostgresPurchaseViews
from adapters.postgres.statement import Statement
from application.purchases.views import PurchaseViews
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.purchase import Purchase
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON
from tests.buying import particulars
from tests.fakes.work import InMemoryUnitOfWork

_EVENTS = Statement("SELECT name FROM outbox WHERE aggregate_id = %(id)s ORDER BY id")


@dataclass
class Desk:
    """Where purchases are kept, and what can be read of them."""

    unit_of_work: UnitOfWork
    views: PurchaseViews
    database: Database | None

    async def reader(self) -> UserId:
        """Somebody with an account, and so with a key for personal data."""
        reader = UserId(uuid4())
        email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(reader, email, "Jane Fairfax", PasswordHash("unused"), NOON)
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return reader

    async def add(self, purchase: Purchase) -> Purchase:
        async with self.unit_of_work() as work:
            await work.purchases.add(purchase, particulars())
        return purchase

    async def get(self, purchase: Purchase) -> Purchase:
        async with self.unit_of_work() as work:
            return await work.purchases.get(purchase.id)

    async def save(self, purchase: Purchase) -> None:
        async with self.unit_of_work() as work:
            await work.purchases.save(purchase)

    async def events(self, purchase: Purchase) -> list[str]:
        """The names of what was put into the outbox for it."""
        if self.database is not None:
            return [row.name for row in await self.database.all(_EVENTS, id=purchase.id)]
        assert isinstance(self.unit_of_work, InMemoryUnitOfWork)
        told = self.unit_of_work.work.purchases.events
        return [event.name for event in told if event.aggregate_id == purchase.id]


@pytest.fixture
def desk(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Desk:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Desk(unit_of_work, unit_of_work.work.purchases, None)
    database: Database = request.getfixturevalue("database")
    return Desk(unit_of_work, PostgresPurchaseViews(database), database)
