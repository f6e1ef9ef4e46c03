"""Workers of watches die before and after their steps, steps happen twice, histories begin anew: one copy for
each that was wanted, and the reader is told of it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from domain.purchases.status import PurchaseStatus
from domain.watches.status import WatchStatus
from domain.watches.watch import purchase_of
from entrypoints.worker.main import workflow_runner
from tests.builders import usd
from tests.watching import buying
from tests.workflows.conftest import World
from tests.workflows.purchase_world import agree
from tests.workflows.test_purchase_crashes import AFTER, AUTHORISE, BEFORE, TWICE, Befalling
from tests.workflows.watch_world import end_all, ended, wanting, watching
from workflows.registry import WORKFLOWS
from workflows.shared.failures import DomainErrors
from workflows.watch import workflow as story

HOUR = timedelta(hours=1)


@pytest.fixture
def world(time_skipping: WorkflowEnvironment) -> World:
    """A shop without a worker."""
    return World(time_skipping.client, time_skipping)


@asynccontextmanager
async def working(world: World, fate: Befalling) -> AsyncIterator[None]:
    """A worker that leaves nothing half done behind."""
    worker = Worker(
        world.client,
        task_queue=world.queue,
        workflows=WORKFLOWS,
        activities=world._activities(),
        interceptors=[DomainErrors(), world.engine_clock, fate],
        workflow_runner=workflow_runner(),
    )
    async with worker:
        yield
        await end_all(world)


@pytest.mark.parametrize("everything", [BEFORE, AFTER, TWICE])
async def test_whatever_befalls_each_step_two_copies_are_two_purchases(world: World, everything: str) -> None:
    it = await watching(world, wanting(buying(2)), webhook="https://example.org/prices")
    await it.hear(1_400)  # so that the first look of all buys: it is committed, and its worker forgets it
    attempts = [str(purchase_of(it.watch.id, attempt)) for attempt in (1, 2)]
    # An authorisation that was never heard of is given up, which is told elsewhere.
    spared = {(attempt, AUTHORISE): AFTER for attempt in attempts} if everything == BEFORE else {}
    fate = Befalling(spared, everything)
    async with working(world, fate):
        await ended(it)
    assert {"look at the watch", "write to the watcher"} <= {step for _, step in fate.befallen}
    purchases = await it.purchases()
    assert [(str(each.id), each.status) for each in purchases] == [(a, PurchaseStatus.DONE) for a in attempts]
    assert (await it.see()).spent == usd(2_000)
    for each in purchases:
        await agree(world, each)
    assert set(world.shops.letters.sent) == {(each.id, "bought") for each in purchases}


async def test_a_successor_that_knows_nothing_finds_the_purchase_on_its_way(world: World) -> None:
    """A worker began the purchase and died, and nobody had the engine's storage any more."""
    it = await watching(world, wanting(buying()))
    await it.hear(1_400, wake=False)
    do = world._activities()
    look = next(step for step in do if step.__name__ == "look" and "watch" in step.__qualname__.lower())
    await asyncio.gather(*(look(str(it.watch.id)) for _ in range(5)))
    assert (await it.see()).status is WatchStatus.BUYING
    async with working(world, Befalling({})):
        await ended(it)
    assert [each.status for each in await it.purchases()] == [PurchaseStatus.DONE]


async def test_a_history_begun_anew_has_lost_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "LOOKS_A_RUN", 3)
    it = await watching(world, wanting(buying(veto=HOUR)), webhook="https://example.org/prices")
    await it.hear(1_400)
    first = (await it.handle.describe()).run_id
    world.watchers.away = True  # the reader's server: while it is asked again, looks go on
    async with working(world, Befalling({})):
        await it.until(lambda _: world.watchers.mails)
        rest = 0.03
        async with asyncio.timeout(60):
            while (await it.handle.describe()).run_id == first:
                await it.wake()
                await asyncio.sleep(rest)  # a run that hears something at its very end goes on a little
                rest *= 1.5
        world.watchers.away = False
        await it.until(lambda one: one.veto_until, skip=5)
        await ended(it)
    assert world.watchers.subjects == ["About to buy for you"]
    assert len(await it.purchases()) == 1
