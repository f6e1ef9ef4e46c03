"""Watches in memory and in PostgreSQL, with their read side."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.watches import PostgresWatchViews
from adapters.postgres.statement import Statement
from application.shared.unit_of_work import UnitOfWork
from application.watches.views import WatchViews
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from domain.watches.lows import Low
from domain.watches.watch import Watch
from tests.builders import NOON
from tests.fakes.work import InMemoryUnitOfWork
from tests.watching import particulars

_EVENTS = Statement("SELECT name FROM outbox WHERE aggregate_id = %(id)s ORDER BY id")


@dataclass
class Desk:
    """Where watches are kept, and what can be read of them."""

    unit_of_work: UnitOfWork
    views: WatchViews
    database: Database | None

    async def reader(self) -> UserId:
        """Somebody with an account, and so with a key for personal data."""
        reader = UserId(uuid4())
        email = EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(reader, email, "Jane Fairfax", PasswordHash("unused"), NOON)
        async with self.unit_of_work() as work:
            await work.users.add(user)
        return reader

    async def add(self, watch: Watch) -> Watch:
        async with self.unit_of_work() as work:
            await work.watches.add(watch, particulars("https://example.org/prices"))
        return watch

    async def get(self, watch: Watch) -> Watch:
        async with self.unit_of_work() as work:
            return await work.watches.get(watch.id)

    async def save(self, watch: Watch) -> None:
        async with self.unit_of_work() as work:
            await work.watches.save(watch)

    async def hear(self, *lows: Low) -> None:
        async with self.unit_of_work() as work:
            for low in lows:
                await work.watches.hear(low)

    async def events(self, watch: Watch) -> list[str]:
        """The names of what was put into the outbox for it."""
        if self.database is not None:
            return [row.name for row in await self.database.all(_EVENTS, id=watch.id)]
        assert isinstance(self.unit_of_work, InMemoryUnitOfWork)
        return [
            event.name for event in self.unit_of_work.work.watches.events if event.aggregate_id == watch.id
        ]


@pytest.fixture
def desk(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Desk:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Desk(unit_of_work, unit_of_work.work.watches, None)
    database: Database = request.getfixturevalue("database")
    return Desk(unit_of_work, PostgresWatchViews(database), database)
