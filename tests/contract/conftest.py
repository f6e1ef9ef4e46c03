"""What every contract suite shares."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.postgres.database import Database


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
