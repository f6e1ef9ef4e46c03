"""What must not happen to money, books and readers' data when steps fail in awkward places."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.converter import DataConverter
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import ActivityInboundInterceptor

from application.notifications.ports import MailNotAccepted
from application.orders.request_refund import RequestRefund
from application.shared.unavailable import DatabaseUnavailable
from domain.inventory.stock import StockLevel
from domain.orders.errors import IllegalMove
from domain.orders.order import Order
from domain.orders.refund import RefundStatus
from domain.orders.status import OrderStatus, PaymentStatus
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Declined,
    PaymentKey,
    PaymentToken,
    Refused,
)
from domain.payments.ledger import PaymentOperation, PaymentResult, payment_key
from domain.shared.ids import OrderId
from domain.shared.timeline import TimelineKind
from entrypoints.worker.main import workflow_runner
from tests.builders import DRACULA, EMMA, line, usd
from tests.fakes.inventory import InMemoryInventory
from tests.fakes.orders import InMemoryOrders
from tests.fakes.payments import InMemoryPaymentGateway, Silence
from tests.fakes.time import CountingIds
from tests.workflows.conftest import World
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.refund.contracts import RefundInput
from workflows.refund.workflow import RefundWorkflow
from workflows.shared import steps
from workflows.shared.attention import Settlement
from workflows.shared.failures import DomainErrors

E_BOOK = line(DRACULA, digital=True)
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


async def test_a_payment_that_could_not_begin_begins_when_the_database_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    get, away = InMemoryOrders.get, iter(range(8))

    async def not_yet(orders: InMemoryOrders, order_id: OrderId) -> Order:
        if next(away, None) is not None:
            raise DatabaseUnavailable("The database does not answer.")
        return await get(orders, order_id)

    made = await world.placed("tok_ok", E_BOOK)
    monkeypatch.setattr(InMemoryOrders, "get", not_yet)
    assert (await (await world.start(made)).result()).status == "completed"
    assert next(away, None) is None
    assert [movement.kind for movement in world.gateway.ledger] == ["authorise", "capture"]
    assert not any(told.kind is TimelineKind.RETRY for told in world.work.orders.stories[made.id])


async def test_a_step_that_no_worker_took_is_offered_again_and_nobody_is_troubled(
    time_skipping: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "NOT_PICKED_UP", timedelta(milliseconds=100))
    world = World(time_skipping.client, time_skipping)
    world.carrier.fall_silent("book", Silence.BEFORE)
    made = await world.placed()
    async with world.worker(workflow_runner(), no_remote_activities=True, max_cached_workflows=0):
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


async def test_an_order_that_a_coupon_paid_for_asks_no_provider_for_nothing(world: World) -> None:
    made = await world.placed("tok_ok", line(DRACULA, price=999, discount=999, digital=True))
    assert (await (await world.start(made)).result()).status == "completed"
    assert (await world.see(made)).payment is PaymentStatus.CAPTURED
    assert world.gateway.ledger == []


async def test_a_payment_taken_by_hand_stands_in_the_books_and_can_be_given_back(world: World) -> None:
    world.gateway.fall_silent("capture", Silence.BEFORE, 1_000)
    made = await world.placed("tok_ok", E_BOOK)
    handle = await world.start(made)
    await until(world, made, is_parked, skip=600)
    await handle.execute_update(CheckoutWorkflow.settle, Settlement("Taken in the provider's console."))
    assert (await handle.result()).status == "completed"
    assert (await world.see(made)).payment is PaymentStatus.CAPTURED
    entries = await world.work.payments.of_order(made.id)
    assert (PaymentOperation.CAPTURE, PaymentResult.SUCCEEDED) in [(e.operation, e.result) for e in entries]


async def test_news_from_the_bank_is_heard_while_its_page_is_still_being_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = world.gateway.find

    async def confirmed_meanwhile(key: PaymentKey) -> Authorised | Declined | ActionRequired | None:
        found = await find(key)
        if isinstance(found, ActionRequired):
            world.gateway.decide(found.reference, confirmed=True)
            await handle.signal(CheckoutWorkflow.news)
        return found

    monkeypatch.setattr(world.gateway, "find", confirmed_meanwhile)
    world.gateway.fall_silent("find", Silence.BEFORE)  # so that the page is shown by a step of its own
    made = await world.placed("tok_3ds_required", E_BOOK)
    handle = await world.start(made)
    assert (await handle.result()).status == "completed"
    assert "EVENT_TYPE_TIMER_FIRED" not in await history_of(handle)


async def test_a_refused_capture_is_taken_once_the_cause_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await world.placed("tok_ok", E_BOOK)
    with monkeypatch.context() as closed:
        closed.setattr(InMemoryPaymentGateway, "_take", lambda *_: Refused("The bank is closed."))
        handle = await world.start(made)
        await until(world, made, is_parked)
        with pytest.raises(WorkflowUpdateFailedError):
            await handle.execute_update(CheckoutWorkflow.settle, Settlement("  "))
    await handle.execute_update(CheckoutWorkflow.retry)
    assert (await handle.result()).status == "completed"
    assert [movement.kind for movement in world.gateway.ledger] == ["authorise", "capture"]


async def test_a_payment_let_go_of_by_hand_stands_in_the_books(world: World) -> None:
    world.gateway.fall_silent("abandon", Silence.BEFORE, 1_000)
    made = await world.placed("tok_declined")
    handle = await world.start(made)
    await until(world, made, is_parked, skip=600)
    await handle.execute_update(CheckoutWorkflow.settle, Settlement("Voided in the provider's console."))
    assert (await handle.result()).status == "declined"
    entries = await world.work.payments.of_order(made.id)
    assert [(e.operation, e.result) for e in entries] == [(PaymentOperation.ABANDON, PaymentResult.SUCCEEDED)]


async def test_a_refund_given_by_hand_stands_in_the_books(world: World) -> None:
    made = await world.placed("tok_ok", E_BOOK)
    await (await world.start(made)).result()
    world.gateway.fall_silent("refund", Silence.BEFORE, 1_000)
    ask = RequestRefund(world.unit_of_work, world.clock, CountingIds(7))
    refund_id = await ask(made.id, "once", [], "Damaged.")
    handle = await world.client.start_workflow(
        RefundWorkflow.run,
        RefundInput(str(made.id), str(refund_id)),
        id=str(refund_id),
        task_queue=world.queue,
    )
    await until(world, made, is_parked, skip=600)
    await handle.execute_update(RefundWorkflow.settle, Settlement("Sent by bank transfer."))
    await handle.result()
    it = await world.see(made)
    assert (it.payment, it.refunds[0].status) == (PaymentStatus.REFUNDED, RefundStatus.SUCCEEDED)


async def test_nobody_settles_by_hand_what_only_the_shop_can_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship, broken = world.work.inventory.ship, True

    async def not_now(order_id: OrderId, at: datetime) -> None:
        if broken:
            raise IllegalMove("The stock room is locked.")
        await ship(order_id, at)

    monkeypatch.setattr(InMemoryInventory, "ship", lambda _, order_id, at: not_now(order_id, at))
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number is not None)
    world.parcel_moves(made)
    world.parcel_moves(made)
    await handle.signal(CheckoutWorkflow.news)
    await until(world, made, is_parked)
    with pytest.raises(WorkflowUpdateFailedError):
        await handle.execute_update(CheckoutWorkflow.settle, Settlement("Never mind the stock."))
    broken = False
    await handle.execute_update(CheckoutWorkflow.retry)
    assert (await handle.result()).status == "completed"
    assert world.work.inventory.stock[EMMA] == StockLevel(EMMA, on_hand=9, held=0)


async def test_a_parcel_called_off_by_hand_counts_as_called_off(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number is not None)
    world.carrier.fall_silent("cancel", Silence.BEFORE, 1_000)
    cancelling = asyncio.ensure_future(handle.execute_update(CheckoutWorkflow.cancel))
    await until(world, made, is_parked, skip=600)
    world.carrier.hear_again()
    await handle.execute_update(CheckoutWorkflow.settle, Settlement("Called off by telephone."))
    assert (await cancelling).status == "cancelled"
    await handle.result()


def is_parked(order: Order) -> bool:
    """Somebody must look after it."""
    return order.needs_attention is not None


async def history_of(handle: WorkflowHandle[CheckoutWorkflow, Any]) -> str:
    """Everything the engine remembers of a process."""
    return (await handle.fetch_history()).to_json()


async def until(world: World, made: Order, what: Callable[[Order], bool], *, skip: int = 0) -> None:
    """Let the process go on until it is so; where it waits for a timer, its time is skipped."""
    async with asyncio.timeout(150):  # a step that no worker picked up is offered anew after a minute
        while not what(await world.see(made)):
            await (world.env.sleep(skip) if skip else asyncio.sleep(0.02))
