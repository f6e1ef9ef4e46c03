"""One shop, searched by each engine. Another engine: a fixture `<name>_world`, and its name in ENGINES."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.postgres.database import Database
from application.search.ports import SearchEngine
from entrypoints.stack.typesense import TypesenseServer
from tests.contract.search.postgres_world import PostgresWorld
from tests.contract.search.shelf import SHELF
from tests.contract.search.typesense_world import TypesenseWorld
from tests.contract.search.worlds import IndexWorld, PlainWorld, World

ENGINES = ("memory", "postgres", "typesense")
INDEXES = ("memory", "typesense")


@pytest.fixture(scope="session")
async def memory_world() -> World:
    """The plain one, with the shelf."""
    world = PlainWorld()
    await world.holds(SHELF)
    return world


@pytest.fixture(scope="session")
async def postgres_world(make_shop_database: Callable[[], str]) -> AsyncIterator[World]:
    """PostgreSQL, with the shelf."""
    database = Database(make_shop_database())
    await database.open()
    world = PostgresWorld(database)
    await world.holds(SHELF)
    yield world
    await database.close()


@pytest.fixture(scope="session")
async def typesense_world(typesense_server: TypesenseServer) -> AsyncIterator[World]:
    """Typesense, with the shelf."""
    world = TypesenseWorld(typesense_server)
    await world.holds(SHELF)
    yield world
    await world.close()


@pytest.fixture(scope="session")
async def catalogue_database(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    """For tests that fill the catalogue itself; each empties it first."""
    database = Database(make_shop_database())
    await database.open()
    yield database
    await database.close()


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest) -> World:
    """A shop that has the shelf (and what tests add: each words and a category of its own)."""
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found


@pytest.fixture
def engine(world: World) -> SearchEngine:
    """Its engine."""
    return world.engine


@pytest.fixture
def memory_index_world() -> PlainWorld:
    """A new plain one, without an index."""
    return PlainWorld()


@pytest.fixture
async def typesense_index_world(typesense_server: TypesenseServer) -> AsyncIterator[IndexWorld]:
    """Names on the server that nobody has used."""
    world = TypesenseWorld(typesense_server)
    yield world
    await world.close()


@pytest.fixture(params=INDEXES)
def index_world(request: pytest.FixtureRequest) -> IndexWorld:
    """A server that holds nothing yet."""
    found: IndexWorld = request.getfixturevalue(f"{request.param}_index_world")
    return found
