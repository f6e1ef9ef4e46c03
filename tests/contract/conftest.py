"""What every contract suite shares."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import create_engine

from adapters.postgres.database import Database
from adapters.postgres.tables import metadata


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(ability): a fact a stand-in without that ability can not prove; it says why"
    )


@pytest.fixture(scope="session")
async def database(make_database: Callable[[], str]) -> AsyncIterator[Database]:
    """The shop's tables, empty at first; shared, so every test uses ids of its own."""
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    database = Database(url)
    await database.open()
    yield database
    await database.close()
