"""What must not happen to money, books and readers' data when steps fail in awkward places."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.client import WorkflowHandle
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import ActivityInboundInterceptor

from application.notifications.ports import MailNotAccepted
from domain.orders.order import Order
from domain.orders.status import OrderStatus
from domain.orders.timeline import TimelineKind
from domain.payments.gateway import AuthorisationRequest, PaymentToken
from domain.payments.ledger import PaymentOperation, payment_key
from tests.builders import EMMA, usd
from tests.fakes.payments import Silence
from tests.workflows.conftest import World
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.shared import steps
from workflows.shared.failures import DomainErrors

MAILBOX = "jane.fairfax@highbury.test"


class _Step(ActivityInboundInterceptor):
    """A step that dies of what a mail server said."""

    def __init__(self, *, foreseen: bool) -> None:
        self._foreseen = foreseen

    async def execute_activity(self, input: Any) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        trouble = OSError(f"450 <{MAILBOX}> greylisted")
        if self._foreseen:
            raise MailNotAccepted("The mail server did not take the mail.") from trouble
        raise trouble


@pytest.mark.parametrize("foreseen", [True, False])
async def test_what_a_mail_server_says_about_a_reader_stays_out_of_the_history(*, foreseen: bool) -> None:
    step = DomainErrors().intercept_activity(_Step(foreseen=foreseen))
    with pytest.raises(ApplicationError) as failed:
        await step.execute_activity(None)  # type: ignore[arg-type] # no input is looked at
    kept, converter = Failure(), DataConverter.default
    converter.failure_converter.to_failure(failed.value, converter.payload_converter, kept)
    assert MAILBOX not in str(kept)
    assert not failed.value.non_retryable


async def test_an_order_that_can_never_be_paid_for_ends_and_frees_the_books(world: World) -> None:
    made = await world.placed()
    key = payment_key(made.id, PaymentOperation.AUTHORISE)
    await world.gateway.authorise(AuthorisationRequest(key, made.id, usd(1), PaymentToken("tok_ok")))
    result = await (await world.start(made)).result()
    assert result.status == "declined"
    assert (await world.see(made)).status is OrderStatus.DECLINED
    assert world.work.inventory.stock[EMMA].held == 0
    assert [(m.kind, m.amount) for m in world.gateway.ledger] == [("authorise", usd(1)), ("void", usd(1))]


async def test_a_step_that_no_worker_took_is_offered_again_and_nobody_is_troubled(
    time_skipping: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "NOT_PICKED_UP", timedelta(milliseconds=100))
    world = World(time_skipping.client, time_skipping)
    world.carrier.fall_silent("book", Silence.BEFORE)
    made = await world.placed()
    async with world.worker(no_remote_activities=True, max_cached_workflows=0):
        handle = await world.start(made)
        while (await history_of(handle)).count("TIMEOUT_TYPE_SCHEDULE_TO_START") < 2:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.05)
    monkeypatch.undo()
    async with world.worker():
        await until(world, made, lambda it: it.tracking_number is not None)
        world.parcel_moves(made)
        world.parcel_moves(made)
        await handle.result()
    assert world.letters.sent == ["confirmed", "dispatched"]
    assert not any(told.kind is TimelineKind.ATTENTION for told in world.work.orders.stories[made.id])


async def history_of(handle: WorkflowHandle[CheckoutWorkflow, Any]) -> str:
    """Everything the engine remembers of a process."""
    return (await handle.fetch_history()).to_json()


async def until(world: World, made: Order, what: Callable[[Order], bool]) -> None:
    """Let the process go on until it is so."""
    async with asyncio.timeout(20):
        while not what(await world.see(made)):  # noqa: ASYNC110 - the order lives in another task
            await asyncio.sleep(0.02)
