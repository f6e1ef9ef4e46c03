"""A database with the shop's tables."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.postgres.database import Database


@pytest.fixture(scope="session")
def accounts_url(make_shop_database: Callable[[], str]) -> str:
    """Empty at first; shared, so every test uses accounts of its own."""
    return make_shop_database()


@pytest.fixture(scope="session")
async def database(accounts_url: str) -> AsyncIterator[Database]:
    """Open for the run."""
    database = Database(accounts_url)
    await database.open()
    yield database
    await database.close()
