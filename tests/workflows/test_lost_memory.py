"""A worker may die after it took many steps and before the engine heard of any: its successor starts the
story anew, and what was said meanwhile may turn it. What truly happened decides, not what is remembered.
"""

import asyncio

import pytest
from temporalio.testing import WorkflowEnvironment

from application.carts.remove_ordered import RemoveOrdered
from application.orders.confirm_order import ConfirmOrder
from application.orders.deliver_order import DeliverOrder
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from application.shipping.book_parcel import BookParcel
from domain.orders.order import Order
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.payments.gateway import Authorised
from tests.builders import DRACULA, line
from tests.fakes.carts import InMemoryCarts
from tests.fakes.orders import ListeningInMemory
from tests.workflows.conftest import World
from tests.workflows.test_checkout import agree, ledger
from workflows.checkout.contracts import CheckoutResult
from workflows.checkout.workflow import CheckoutWorkflow

E_BOOK = line(DRACULA, digital=True)
CONFIRM, BOOK, CAPTURE, DELIVER = range(1, 5)


async def steps_of_the_dead(world: World, made: Order, far: int) -> None:
    """What a worker did that nobody remembers: authorise, and the steps up to that one."""
    work, clock, news = world.unit_of_work, world.clock, ListeningInMemory()
    payment = await AuthorisePayment(work, world.gateway, world.clock)(made.id)
    assert isinstance(payment, Authorised)
    if far >= CONFIRM:
        await ConfirmOrder(work, RemoveOrdered(InMemoryCarts(), clock), clock, news)(made.id, payment)
    if far == BOOK:
        await BookParcel(work, world.carrier, clock, news)(made.id)
    if far >= CAPTURE:
        await CapturePayment(work, world.gateway, clock, news)(made.id)
    if far >= DELIVER:
        await DeliverOrder(work, clock, news)(made.id)


async def successor(world: World, made: Order, *, cancelled: bool = True) -> CheckoutResult:
    """Starts anew, and hears of the wish to cancel before it takes its first step."""
    handle = await world.start(made)
    wish = asyncio.create_task(handle.execute_update(CheckoutWorkflow.cancel)) if cancelled else None
    await asyncio.sleep(0.3)  # until the engine has it
    async with world.worker():
        result = await handle.result()
        if wish is not None:
            await asyncio.gather(wish, return_exceptions=True)  # whether it was granted is in the result
    return result


@pytest.fixture
def world(time_skipping: WorkflowEnvironment) -> World:
    """A shop whose worker is dead."""
    return World(time_skipping.client, time_skipping)


@pytest.mark.parametrize("far", [CAPTURE, DELIVER])
async def test_a_paid_e_book_is_not_taken_back_by_a_process_that_forgot_it(world: World, far: int) -> None:
    made = await world.placed("tok_ok", E_BOOK)
    await steps_of_the_dead(world, made, far)
    result = await successor(world, made)
    it = await world.see(made)
    assert (it.status, it.payment, it.needs_attention) == (
        OrderStatus.COMPLETED,
        PaymentStatus.CAPTURED,
        None,
    )
    assert result.status == "completed"
    assert ledger(world, made) == {"authorise": made.total.amount, "capture": made.total.amount}


async def test_a_parcel_that_a_dead_worker_booked_does_not_leave_after_the_cancellation(world: World) -> None:
    made = await world.placed()
    await steps_of_the_dead(world, made, BOOK)
    await successor(world, made)
    assert [status for _, status in world.carrier.moves] == ["booked", "cancelled"]
    assert (await world.see(made)).fulfilment is FulfilmentStatus.CANCELLED
    await agree(world, made)


async def test_a_parcel_that_has_left_unremembered_is_paid_for(world: World) -> None:
    made = await world.placed()
    await steps_of_the_dead(world, made, BOOK)
    world.parcel_moves(made)
    world.parcel_moves(made)
    await successor(world, made)
    assert (await world.see(made)).status is OrderStatus.COMPLETED
    await agree(world, made)


async def test_an_order_confirmed_unremembered_is_cancelled_whole(world: World) -> None:
    made = await world.placed()
    await steps_of_the_dead(world, made, CONFIRM)
    await successor(world, made)
    assert (await world.see(made)).status is OrderStatus.CANCELLED
    await agree(world, made)


async def test_a_wish_to_cancel_that_was_forgotten_after_the_order_was_called_off_changes_nothing(
    world: World,
) -> None:
    made = await world.placed()
    await steps_of_the_dead(world, made, CONFIRM)
    async with world.unit_of_work() as work:
        order = await work.orders.get(made.id)
        assert order.call_off()
        await work.orders.save(order)
    await successor(world, made, cancelled=False)
    assert (await world.see(made)).status is OrderStatus.CANCELLED
    await agree(world, made)
