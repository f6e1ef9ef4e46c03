"""Books that wait at stores, in memory and in PostgreSQL."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.interests import PostgresInterests
from adapters.postgres.repositories.prices import PostgresPriceRecords
from adapters.postgres.repositories.refresh_queue import PostgresRefreshQueue
from adapters.postgres.repositories.store_outages import PostgresStoreOutages
from application.prices.refreshing.ports import DeadLetters, Interests, RefreshQueue
from application.prices.store_outages import WrittenOutages
from domain.prices.answer import Told
from domain.prices.records import first
from tests.fakes.prices import InMemoryPriceRecords
from tests.fakes.refreshing import InMemoryOutages, InMemoryRefreshing


@dataclass(frozen=True)
class World:
    """One shop; `remember` is what a store's answer leaves behind."""

    queue: RefreshQueue
    letters: DeadLetters
    interests: Interests
    remember: Callable[[Told], Awaitable[None]]


@pytest.fixture(params=["memory", "postgres"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "memory":
        prices = InMemoryPriceRecords()
        kept = InMemoryRefreshing(prices.kept)
        return World(kept, kept, kept, lambda told: prices.save([first(told)]))
    database: Database = request.getfixturevalue("database")
    queue = PostgresRefreshQueue(database)

    async def remember(told: Told) -> None:
        async with database.transaction() as connection:
            await PostgresPriceRecords(connection).save([first(told)])

    return World(queue, queue, PostgresInterests(database), remember)


@pytest.fixture(params=["memory", "postgres"])
def outages(request: pytest.FixtureRequest) -> WrittenOutages:
    if request.param == "memory":
        return InMemoryOutages()
    return PostgresStoreOutages(request.getfixturevalue("database"))
