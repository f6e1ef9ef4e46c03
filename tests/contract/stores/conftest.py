"""One stand-in and one pool of connections for all tests of described stores."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from adapters.stores.calls.wire import StoreWire
from tests.contract.stores.stand_in import Shop, StandIn
from tests.sandbox.running import running


@pytest.fixture(scope="session")
async def stand_in_bookstore() -> AsyncIterator[StandIn]:
    stand_in = StandIn()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", stand_in.serve)
    async with running(app) as url:
        stand_in.url = url
        yield stand_in


@pytest.fixture(scope="session")
async def store_wire() -> AsyncIterator[StoreWire]:
    wire = StoreWire("Octavo/test")
    yield wire
    await wire.close()


@pytest.fixture
def stand_in(stand_in_bookstore: StandIn) -> Iterator[StandIn]:
    yield stand_in_bookstore
    stand_in_bookstore.behave()


@pytest.fixture
def shop(stand_in: StandIn, store_wire: StoreWire, tmp_path: Path) -> Shop:
    return Shop(stand_in, store_wire, tmp_path)
