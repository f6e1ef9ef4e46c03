"""A cancellation that waits for somebody else's decision does not keep the reader waiting with it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from temporalio.client import Client

from adapters.temporal import order_processes
from adapters.temporal.order_processes import TemporalOrderProcesses
from application.orders.errors import ProcessesUnavailable
from domain.orders.status import OrderStatus
from tests.fakes.payments import Silence
from tests.workflows.conftest import World
from tests.workflows.test_checkout import until


@dataclass
class Connection:
    """Hands out the client of the time-skipping server."""

    engine: Client

    async def client(self) -> Client:
        return self.engine


async def test_cancelling_while_the_provider_is_silent_is_answered_and_comes_true_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_processes, "DECISION", timedelta(seconds=0.5))
    world.gateway.fall_silent("authorise", Silence.AFTER)
    world.gateway.fall_silent("find", Silence.BEFORE, 1_000)
    made = await world.placed()
    handle = await world.start(made)
    await until(
        world, made, lambda _: any("did not answer" in t.text for t in world.work.orders.stories[made.id])
    )
    processes = TemporalOrderProcesses(Connection(world.client), world.work.orders)  # type: ignore[arg-type] # has all it uses
    async with asyncio.timeout(10):
        with pytest.raises(ProcessesUnavailable):
            await processes.cancel(made.id)
    world.gateway.hear_again()
    await handle.result()
    assert (await world.see(made)).status is OrderStatus.CANCELLED
