"""What every contract suite shares."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.postgres.database import Database
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.shared.unit_of_work import UnitOfWork
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(ability): a fact a stand-in without that ability can not prove; it says why"
    )


@pytest.fixture(scope="session")
async def database(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    """The shop's tables, empty at first; shared, so every test uses ids of its own."""
    database = Database(make_shop_database())
    await database.open()
    yield database
    await database.close()


@pytest.fixture(params=["memory", "postgres"])
def unit_of_work(request: pytest.FixtureRequest) -> UnitOfWork:
    """Transactions over a shop, in memory and in PostgreSQL: what holds in one holds in the other."""
    if request.param == "memory":
        return InMemoryUnitOfWork(InMemoryWork())
    return PostgresUnitOfWork(request.getfixturevalue("database"), EnvelopeVault([b"k" * 32], b"i" * 32))
