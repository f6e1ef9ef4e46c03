"""One shop, searched by each engine. Another engine: a fixture `<name>_world`, and its name in ENGINES."""

import pytest

from application.search.ports import SearchEngine
from tests.contract.search.shelf import SHELF
from tests.contract.search.worlds import IndexWorld, PlainWorld, World

ENGINES = ("memory",)
INDEXES = ("memory",)


@pytest.fixture(scope="session")
async def memory_world() -> World:
    """The plain one, with the shelf."""
    world = PlainWorld()
    await world.holds(SHELF)
    return world


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


@pytest.fixture(params=INDEXES)
def index_world(request: pytest.FixtureRequest) -> IndexWorld:
    """A server that holds nothing yet."""
    found: IndexWorld = request.getfixturevalue(f"{request.param}_index_world")
    return found
