"""Processes that began under an older version go on under this one: their stories replay to the end."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from entrypoints.worker.main import workflow_runner
from tests.privacy.traces import Traces
from tests.workflows.record_histories import HISTORIES
from tests.workflows.scenarios import SCENARIOS
from workflows.checkout.parcel import Parcel
from workflows.checkout.payment import Payment
from workflows.purchase.money import Money
from workflows.purchase.store import Store
from workflows.refresh.workflow import RefreshWorkflow
from workflows.registry import WORKFLOWS
from workflows.shared.saga import Saga
from workflows.shared.steps import Steps
from workflows.watch.workflow import WatchWorkflow

RECORDED = sorted(HISTORIES.glob("*/*.json"))
Story = Callable[..., Awaitable[Any]]


def history(file: Path) -> WorkflowHistory:
    recorded = json.loads(file.read_text())
    return WorkflowHistory.from_json(recorded["id"], recorded["history"])


def of(name: str) -> WorkflowHistory:
    """The newest recording of that scenario."""
    return history(max(HISTORIES.glob(f"*/{name}.json")))


async def replay(recorded: WorkflowHistory) -> None:
    """As a worker would that takes the process over; raises when the code tells another story."""
    await Replayer(workflows=WORKFLOWS, workflow_runner=workflow_runner()).replay_workflow(recorded)


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: f"{file.parent.name}/{file.stem}")
async def test_a_recorded_story_replays_to_its_end(file: Path) -> None:
    await replay(history(file))


def test_every_scenario_and_every_workflow_is_recorded() -> None:
    assert {file.stem for file in RECORDED} >= set(SCENARIOS)
    told = {file.read_text().split('"workflowType":{"name":"')[1].split('"')[0] for file in RECORDED}
    assert told == {workflow._Definition.must_from_class(each).name for each in WORKFLOWS}


def test_histories_name_nobody_and_no_machine() -> None:
    traces = Traces("fairfax", "highbury", "thebankspage", "/home/", "/root/", "site-packages")
    assert list(traces.in_files(RECORDED, HISTORIES)) == []


# -- negative controls: a workflow that does something else must not pass for the recorded one -------------


def napping(story: Story) -> Story:
    """Sleeps before it begins."""

    async def nap_first(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the story takes and gives
        await workflow.sleep(1)
        return await story(*given, **named)

    return nap_first


def left_out(_: Story) -> Story:
    """Does nothing at all."""

    async def nothing(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever the story takes
        return

    return nothing


@pytest.mark.parametrize(
    ("recorded", "room", "step", "change"),
    [
        ("checkout-e-book", Payment, "authorise", napping),
        ("checkout-e-book", Payment, "capture", left_out),
        ("checkout-paperback", Parcel, "leaves", left_out),
        ("checkout-paperback", Parcel, "arrives", napping),
        ("checkout-declined", Saga, "compensate", left_out),
        ("checkout-parked-and-retried", Steps, "ask_an_operator", left_out),
        ("refund-given", Steps, "letter", left_out),
        ("purchase-bought", Money, "reserve", napping),
        ("purchase-bought", Store, "order", napping),
        ("purchase-bought", Store, "check", napping),
        ("purchase-overcharged", Money, "let_go", left_out),
        ("purchase-told-by-an-operator", Steps, "ask_an_operator", left_out),
        ("watch-told", WatchWorkflow, "_write", left_out),
        ("watch-bought", WatchWorkflow, "_once", napping),
        ("watch-not-vetoed", WatchWorkflow, "_note_told", napping),
        ("refresh-until-gone", RefreshWorkflow, "_until_a_person_has_looked", left_out),
        ("refresh-paused-and-resumed", RefreshWorkflow, "_while_stopped", left_out),
    ],
)
async def test_a_changed_story_does_not_replay(
    monkeypatch: pytest.MonkeyPatch,
    recorded: str,
    room: type,
    step: str,
    change: Callable[[Story], Story],
) -> None:
    monkeypatch.setattr(room, step, change(getattr(room, step)))
    with pytest.raises(workflow.NondeterminismError):
        await replay(of(recorded))
