"""A database with the shop's tables and a few shelves."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import create_engine, insert

from adapters.postgres.database import Database
from adapters.postgres.tables.books import categories
from tests.fakes.books import SHELVES


@pytest.fixture(scope="session")
async def database(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    """Empty but for the shelves; shared, so every test uses ids and ISBNs of its own."""
    url = make_shop_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        for position, shelf in enumerate(SHELVES):
            row = {"slug": shelf.slug, "name": shelf.name, "parent": shelf.parent, "position": position}
            connection.execute(insert(categories).values(row))
    engine.dispose()
    database = Database(url)
    await database.open()
    yield database
    await database.close()
