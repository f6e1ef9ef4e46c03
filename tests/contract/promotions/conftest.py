"""A database with the shop's tables."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import create_engine

from adapters.postgres.database import Database
from adapters.postgres.tables import metadata


@pytest.fixture(scope="session")
async def database(make_database: Callable[[], str]) -> AsyncIterator[Database]:
    """Empty at first; shared, so every test uses ids of its own."""
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    database = Database(url)
    await database.open()
    yield database
    await database.close()
