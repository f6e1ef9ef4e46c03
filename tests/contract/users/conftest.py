"""A database with the shop's tables."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import create_engine

from adapters.postgres.database import Database
from adapters.postgres.tables import metadata


@pytest.fixture(scope="session")
def accounts_url(make_database: Callable[[], str]) -> str:
    """Empty at first; shared, so every test uses accounts of its own."""
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
async def database(accounts_url: str) -> AsyncIterator[Database]:
    """Open for the run."""
    database = Database(accounts_url)
    await database.open()
    yield database
    await database.close()
