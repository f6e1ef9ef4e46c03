"""The providers the suite runs against, each with means to play reader, network and auditor."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import aiohttp

from adapters.payments.sandbox_gateway import SandboxGateway
from domain.payments.gateway import PaymentGateway, PaymentReference, PaymentToken
from domain.shared.ids import OrderId
from entrypoints.sandbox.payments import create_app
from tests.fakes.payments import InMemoryPaymentGateway, Silence
from tests.sandbox.running import letterbox, running

Lines = list[tuple[str, int]]


class World(Protocol):
    """A provider as the suite sees it. `lacks` names abilities it has not, with the reason."""

    lacks: Mapping[str, str]

    @property
    def gateway(self) -> PaymentGateway:
        """The port."""
        ...

    def token(self, kind: str) -> PaymentToken:
        """A token for a card of that kind ("ok", "declined" …)."""
        ...

    async def ledger(self, order_id: OrderId) -> Lines:
        """What moved for this order: authorise, capture, void and refund with their amounts."""
        ...

    async def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        """The reader confirms or denies at the bank."""
        ...

    async def fall_silent(self, operation: str, when: Silence) -> None:
        """The next call of `operation` gets no answer."""
        ...


class InMemoryWorld:
    """The fake that other suites use."""

    def __init__(self) -> None:
        self.gateway = InMemoryPaymentGateway()
        self.lacks: Mapping[str, str] = {}

    def token(self, kind: str) -> PaymentToken:
        return PaymentToken(f"tok_{kind}")

    async def ledger(self, order_id: OrderId) -> Lines:
        return [(line.kind, line.amount.amount) for line in self.gateway.ledger if line.order_id == order_id]

    async def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        self.gateway.decide(reference, confirmed=confirmed)

    async def fall_silent(self, operation: str, when: Silence) -> None:
        self.gateway.fall_silent(operation, when)


class SandboxWorld:
    """The stand-in provider over real HTTP."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.gateway = SandboxGateway(url, "test-key", answer_seconds=2.0)
        self.lacks: Mapping[str, str] = {}
        self._url, self._session = url, session

    def token(self, kind: str) -> PaymentToken:
        return PaymentToken(f"tok_{kind}")

    async def ledger(self, order_id: OrderId) -> Lines:
        async with self._session.get(f"{self._url}/ledger", params={"order": str(order_id)}) as response:
            lines = (await response.json())["items"]
        return [(line["kind"], line["amount"]) for line in lines if line["kind"] != "decline"]

    async def decide(self, reference: PaymentReference, *, confirmed: bool) -> None:
        data = {"decision": "confirm" if confirmed else "deny"}
        async with self._session.post(f"{self._url}/3ds/{reference}", data=data) as response:
            assert response.ok

    async def fall_silent(self, operation: str, when: Silence) -> None:
        fault = {"operation": operation, "effect": f"drop_{when}"}
        headers = {"Authorization": "Bearer test-key"}
        async with self._session.post(f"{self._url}/control/faults", json=fault, headers=headers) as response:
            assert response.ok


@asynccontextmanager
async def sandbox_world(home: Path) -> AsyncIterator[SandboxWorld]:
    """A sandbox with a fresh ledger."""
    async with letterbox() as (_, hook), aiohttp.ClientSession() as session:
        app = create_app(home / "payments.db", "test-key", hook, "secret", slow_seconds=0.2, hang_seconds=0.1)
        async with running(app) as url:
            world = SandboxWorld(url, session)
            yield world
            await world.gateway.close()
