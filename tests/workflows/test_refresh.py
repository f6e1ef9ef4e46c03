"""The process that keeps a store's prices fresh: what it shows, and what it can be told."""

from dataclasses import replace
from uuid import uuid4

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from adapters.temporal.refresh_processes import TemporalRefreshProcesses
from application.prices.refreshing.processes import NothingToResume, NotRefreshed, StoppedAlready
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.offer import StoreName
from domain.shared.errors import InvalidInput
from entrypoints.worker.main import workflow_runner
from tests.workflows.conftest import World
from tests.workflows.refresh_world import ASKED, REFUSED, Handle, stands, start, state
from workflows.refresh import workflow
from workflows.refresh.contracts import Note, Standing
from workflows.refresh.words import details, state_of
from workflows.refresh.workflow import RefreshWorkflow

MOVING = Note("It moves house")


@pytest.fixture
def store() -> str:
    return f"harbour-{uuid4().hex[:8]}"


class Engine:
    """The connection to the test's server."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def client(self) -> object:
        return self._world.client


async def refused(handle: Handle, update: str, *said: Note) -> str | None:
    with pytest.raises(WorkflowUpdateFailedError) as no:
        await handle.execute_update(update, args=said)
    assert isinstance(no.value.cause, ApplicationError)
    return no.value.cause.type


async def in_batch(world: World, store: str) -> Handle:
    handle = await start(world, None, store=store)
    await world.desk.begun.wait()
    return handle


async def test_batch_follows_batch_until_the_store_is_gone(world: World, store: str) -> None:
    assert await (await start(world, ASKED, ASKED, ASKED, store=store)).result() == "gone"
    assert world.desk.readmitted == [False] * 4


async def test_a_batch_costs_six_events(world: World, store: str) -> None:
    handle = await start(world, *[ASKED] * 20, store=store)
    await handle.result()
    events = [event.event_type async for event in handle.fetch_history_events()]
    assert len(events) <= 21 * 6 + 10
    assert events.count(EventType.EVENT_TYPE_TIMER_STARTED) == 0


async def test_after_many_batches_it_goes_on_as_a_new_run_that_knows_what_the_old_one_knew(
    time_skipping: WorkflowEnvironment, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "BATCHES", 2)
    world = World(time_skipping.client, time_skipping)
    async with world.worker(workflow_runner()):
        handle = await start(world, ASKED, ASKED, None, store=store)
        await world.desk.begun.wait()
        anew = world.client.get_workflow_handle_for(RefreshWorkflow.run, handle.id)
        said: Standing = await anew.query(RefreshWorkflow.standing)
        assert said.batch == ASKED
        assert (await anew.describe()).run_id != handle.first_execution_run_id
        world.desk.let_go()
        assert await anew.result() == "gone"


async def test_paused_in_the_middle_of_a_batch_it_breaks_off_and_waits(world: World, store: str) -> None:
    handle = await in_batch(world, store)
    said = await handle.execute_update(RefreshWorkflow.pause, MOVING)
    assert (said.state, said.words) == (
        "paused",
        "It is left alone: It moves house. `resume` lets it go on.",
    )
    world.desk.go_on.set()  # its next sign of life learns of it
    standing = await stands(handle, lambda standing: standing.batch is not None)
    assert standing.batch is not None
    assert standing.batch.asked == 3
    assert await refused(handle, "pause", MOVING) == "refreshing_stopped_already"
    assert await refused(handle, "drain", MOVING) == "refreshing_stopped_already"
    await handle.execute_update(RefreshWorkflow.resume)
    assert await handle.result() == "gone"


async def test_drained_it_ends_its_batch_and_begins_no_other(world: World, store: str) -> None:
    handle = await in_batch(world, store)
    said = await handle.execute_update(RefreshWorkflow.drain, MOVING)
    assert said.state == "draining"
    world.desk.let_go()  # its time is up
    await state(handle, "drained")
    assert len(world.desk.readmitted) == 1
    assert await refused(handle, "drain", MOVING) == "refreshing_stopped_already"
    await handle.execute_update(RefreshWorkflow.resume)
    assert await handle.result() == "gone"


async def test_whoever_stops_it_says_why_and_nothing_is_resumed_that_nobody_stopped(
    world: World, store: str
) -> None:
    handle = await in_batch(world, store)
    assert await refused(handle, "pause", Note("  ")) == "invalid_input"
    assert await refused(handle, "drain", Note("")) == "invalid_input"
    assert await refused(handle, "resume") == "nothing_to_resume"
    world.desk.let_go()
    assert await handle.result() == "gone"


async def test_a_store_that_refuses_us_is_tried_after_an_hour_or_when_a_person_has_looked(
    world: World, store: str
) -> None:
    handle = await start(world, REFUSED, store=store)
    began = await world.env.get_current_time()
    assert await handle.result() == "gone"
    assert (await world.env.get_current_time() - began).total_seconds() >= 3_600
    assert world.desk.readmitted == [False, False]


async def test_resuming_a_store_that_refuses_us_readmits_it(world: World, store: str) -> None:
    with world.env.auto_time_skipping_disabled():
        handle = await start(world, REFUSED, store=store)
        await state(handle, "refused")
        await handle.execute_update(RefreshWorkflow.resume)
        assert await handle.result() == "gone"
    assert world.desk.readmitted == [False, True]


async def test_while_the_database_is_away_a_batch_is_tried_again_and_again(world: World, store: str) -> None:
    lost = [DatabaseUnavailable("Lost.") for _ in range(5)]
    assert await (await start(world, *lost, ASKED, store=store)).result() == "gone"
    assert len(world.desk.readmitted) == 7


async def test_people_find_it_by_its_state(world: World, store: str) -> None:
    handle = await in_batch(world, store)
    await handle.execute_update(RefreshWorkflow.pause, MOVING)
    world.desk.go_on.set()
    await state(handle, "paused")
    description = await handle.describe()
    assert description.typed_search_attributes.search_attributes[0].value == "paused"
    world.desk.let_go()
    await handle.execute_update(RefreshWorkflow.resume)
    assert await handle.result() == "gone"


def test_people_see_how_the_store_does() -> None:
    shown = details(*state_of(ASKED), ASKED)
    assert "| last batch | 30 asked, 29 answered, 1 failed; 0 times busy, 0 times left in peace |" in shown
    assert "| budget | 6 calls a minute; 15 are left to refreshing |" in shown
    assert "| a call is worth | 0.25 questions answered wrongly |" in shown
    assert "| fresh | 93.8 % |" in shown
    assert state_of(None)[0] == "asking"
    assert state_of(REFUSED)[0] == "refused"
    assert state_of(replace(ASKED, asked=0, busy=30))[0] == "busy"
    assert state_of(replace(ASKED, pace=0.5))[0] == "eased"
    assert state_of(replace(ASKED, breaker="open"))[0] == "resting"
    assert state_of(replace(ASKED, waiting=0))[0] == "idle"


async def test_operators_reach_it_through_the_port(world: World, store: str) -> None:
    processes = TemporalRefreshProcesses(Engine(world))  # type: ignore[arg-type] # as far as it is used
    name = StoreName(store)
    for asking in (processes.standing(name), processes.resume(name), processes.pause(name, "Why not.")):
        with pytest.raises(NotRefreshed):
            await asking
    handle = await in_batch(world, store)
    with pytest.raises(NothingToResume):
        await processes.resume(name)
    with pytest.raises(InvalidInput):
        await processes.drain(name, " ")
    await processes.pause(name, "It moves house.")
    with pytest.raises(StoppedAlready):
        await processes.drain(name, "It moves house.")
    assert (await processes.standing(name)).state == "paused"
    world.desk.let_go()
    await processes.resume(name)
    assert await handle.result() == "gone"
