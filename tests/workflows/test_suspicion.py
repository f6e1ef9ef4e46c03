"""A price cheap beyond belief waits for staff's word, or for the store to say it twice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.testing import WorkflowEnvironment

from domain.prices.doubt import Standing
from domain.prices.store import StoreBroken
from domain.users.principal import Role
from entrypoints.worker.main import workflow_runner
from tests.builders import NOON
from tests.workflows.conftest import World, sandbox
from tests.workflows.suspicion_world import doubted, somebody, standing, suspected
from workflows.suspicion.contracts import Word
from workflows.suspicion.policies import ASK_AGAIN_AFTER
from workflows.suspicion.workflow import SuspicionWorkflow


@pytest.fixture
async def world(time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    made = World(time_skipping.client, time_skipping)
    async with made.worker(workflow_runner()):
        yield made


@pytest.mark.parametrize(
    ("update", "ends"),
    [(SuspicionWorkflow.approve, Standing.APPROVED), (SuspicionWorkflow.reject, Standing.REJECTED)],
)
async def test_staff_decides_by_an_update_and_is_named_beside_the_price(
    time_skipping: WorkflowEnvironment,
    update: object,
    ends: Standing,
) -> None:
    world = World(time_skipping.client, time_skipping)
    async with world.worker(sandbox()):
        made, olga = await doubted(world), await somebody(world, Role.STAFF)
        handle = await suspected(world, made)
        answer = await handle.execute_update(update, Word(str(olga)))  # type: ignore[call-overload] # one of two
        assert (answer.standing, (await handle.result()).standing) == (ends, ends)
    kept = await world.suspects.market.doubts.get(made.id)
    assert (kept.standing, kept.by, kept.settled_at) == (ends, olga, NOON)
    assert world.suspects.store.asked_again == 0


async def test_a_reader_an_unknown_person_and_nobody_decide_nothing(world: World) -> None:
    made, anna = await doubted(world), await somebody(world, Role.READER)
    handle = await suspected(world, made)
    refusals = []
    for by in (str(anna), str(uuid4()), "Olga"):
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await handle.execute_update(SuspicionWorkflow.approve, Word(by))
        cause = refused.value.cause
        said = cause.cause if isinstance(cause, ActivityError) else cause
        assert isinstance(said, ApplicationError)
        refusals.append(said.type)
    assert refusals == ["not_allowed", "user_not_found", "invalid_input"]
    assert await standing(world, made.id) is Standing.WAITING
    assert (await handle.query(SuspicionWorkflow.progress)).stage == "waiting"
    await handle.execute_update(SuspicionWorkflow.reject, Word(str(await somebody(world, Role.ADMIN))))


@pytest.mark.parametrize(("price", "ends"), [(204, Standing.CONFIRMED), (2_040, Standing.GONE)])
async def test_after_an_hour_the_store_is_asked_and_what_it_says_twice_is_believed(
    world: World, price: int, ends: Standing
) -> None:
    world.suspects.store.price = price
    made = await doubted(world)
    assert (await (await suspected(world, made)).result()).standing == ends
    assert await standing(world, made.id) is ends
    assert world.suspects.store.asked_again == 1


async def test_a_store_that_does_not_answer_is_asked_again_hours_later(world: World) -> None:
    world.suspects.store.fails = StoreBroken("It is out of order.")
    made, olga = await doubted(world), await somebody(world, Role.STAFF)
    handle = await suspected(world, made)
    await world.env.sleep(ASK_AGAIN_AFTER + timedelta(hours=13))
    assert world.suspects.store.asked_again == 3
    assert (await handle.query(SuspicionWorkflow.progress)).stage == "waiting"
    await handle.execute_update(SuspicionWorkflow.reject, Word(str(olga)))
    assert (await handle.result()).standing == "rejected"


async def test_what_was_decided_at_the_counter_ends_it_at_once(world: World) -> None:
    made = await doubted(world)
    handle = await suspected(world, made)
    made.approve(uuid4(), NOON)
    await world.suspects.market.doubts.save(made)
    await handle.signal(SuspicionWorkflow.news)
    assert (await handle.result()).standing == "approved"
    assert world.suspects.store.asked_again == 0


async def test_news_of_nothing_lets_it_wait(world: World) -> None:
    world.suspects.store.fails = StoreBroken("It is out of order.")
    made, olga = await doubted(world), await somebody(world, Role.STAFF)
    handle = await suspected(world, made)
    await handle.signal(SuspicionWorkflow.news)
    await world.env.sleep(timedelta(minutes=1))
    assert (await handle.query(SuspicionWorkflow.progress)).stage == "waiting"
    await handle.execute_update(SuspicionWorkflow.reject, Word(str(olga)))
    assert (await handle.result()).standing == "rejected"


async def test_one_that_was_forgotten_meanwhile_is_gone(world: World) -> None:
    made = await doubted(world)
    handle = await suspected(world, made)
    assert await world.suspects.market.doubts.forget(NOON + timedelta(days=1)) == 1
    assert (await handle.result()).standing == "gone"
