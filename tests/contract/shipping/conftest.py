"""Each fact is tried in each world."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import aiohttp
import pytest

from adapters.shipping.sandbox_carrier import SandboxCarrier
from domain.shared.ids import OrderId
from domain.shipping.carrier import Carrier, ShipmentKey
from entrypoints.sandbox.carrier import create_app
from tests.fakes.payments import Silence
from tests.fakes.shipping import InMemoryCarrier
from tests.sandbox.running import letterbox, running

NEVER = 3_600.0  # parcels move when the test says so


class World(Protocol):
    """A carrier as the suite sees it."""

    @property
    def carrier(self) -> Carrier:
        """The port."""
        ...

    async def advance(self, key: ShipmentKey) -> None:
        """The parcel moves one step."""
        ...

    async def moves(self, order_id: OrderId, key: ShipmentKey) -> list[str]:
        """What happened to the parcels of this order."""
        ...

    async def fall_silent(self, operation: str, when: Silence) -> None:
        """The next call of `operation` gets no answer."""
        ...


class InMemoryWorld:
    def __init__(self) -> None:
        self.carrier = InMemoryCarrier()

    async def advance(self, key: ShipmentKey) -> None:
        self.carrier.advance(key)

    async def moves(self, order_id: OrderId, key: ShipmentKey) -> list[str]:
        return [status.value for moved, status in self.carrier.moves if moved == key]

    async def fall_silent(self, operation: str, when: Silence) -> None:
        self.carrier.fall_silent(operation, when)


class SandboxWorld:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.carrier = SandboxCarrier(url, "test-key", answer_seconds=2.0)
        self._url, self._session = url, session

    async def advance(self, key: ShipmentKey) -> None:
        async with self._session.post(f"{self._url}/control/parcels/{key}/advance") as response:
            assert response.ok

    async def moves(self, order_id: OrderId, key: ShipmentKey) -> list[str]:
        async with self._session.get(f"{self._url}/ledger", params={"order": str(order_id)}) as response:
            return [move["status"] for move in (await response.json())["items"]]

    async def fall_silent(self, operation: str, when: Silence) -> None:
        fault = {"operation": operation, "effect": f"drop_{when}"}
        async with self._session.post(f"{self._url}/control/faults", json=fault) as response:
            assert response.ok


@asynccontextmanager
async def sandbox_world(home: Path) -> AsyncIterator[SandboxWorld]:
    headers = {"Authorization": "Bearer test-key"}
    async with letterbox() as (_, hook), aiohttp.ClientSession(headers=headers) as session:
        app = create_app(
            home / "carrier.db", "test-key", hook, "secret", dispatch_seconds=NEVER, delivery_seconds=NEVER
        )
        async with running(app) as url:
            world = SandboxWorld(url, session)
            yield world
            await world.carrier.close()


@pytest.fixture(params=["memory", "sandbox"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "memory":
        yield InMemoryWorld()
    else:
        async with sandbox_world(tmp_path) as sandbox:
            yield sandbox
