"""Stories worth remembering: each kind of checkout, refund, purchase and watch, carried to its end."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

from temporalio.client import WorkflowHandle

from domain.orders.order import Order
from domain.orders.refund import Refund, RefundLine
from domain.payments.gateway import PaymentReference
from domain.shared.ids import RefundId
from domain.users.principal import Role
from tests.builders import DRACULA, line
from tests.fakes.payments import Silence
from tests.workflows.conftest import World
from tests.workflows.purchase_scenarios import CORRECTIONS, PURCHASES
from tests.workflows.refresh_world import REFRESHES
from tests.workflows.suspicion_world import doubted, somebody, suspected
from tests.workflows.test_checkout import delivered, until
from tests.workflows.watch_scenarios import WATCHES
from workflows.checkout.contracts import workflow_id
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.refund.contracts import RefundInput
from workflows.refund.contracts import workflow_id as refund_workflow_id
from workflows.refund.workflow import RefundWorkflow
from workflows.shared.attention import Settlement
from workflows.suspicion.contracts import Word
from workflows.suspicion.workflow import SuspicionWorkflow

E_BOOK = line(DRACULA, digital=True)
FREE_E_BOOK = line(DRACULA, digital=True, price=499, discount=499)
Handle = WorkflowHandle[Any, Any]
Scenario = Callable[[World], Awaitable[Handle]]


async def paperback(world: World) -> Handle:
    """Authorised, shipped, captured, delivered."""
    made = await world.placed()
    await delivered(world, made)
    return world.client.get_workflow_handle(workflow_id(made.id))


async def e_book(world: World) -> Handle:
    """Authorised, captured, delivered at once."""
    return await world.start(await world.placed("tok_ok", E_BOOK))


async def paid_by_coupon(world: World) -> Handle:
    """Nothing to pay."""
    return await world.start(await world.placed("tok_ok", FREE_E_BOOK))


async def declined(world: World) -> Handle:
    """The bank says no."""
    return await world.start(await world.placed("tok_declined"))


async def confirmed_at_the_bank(world: World) -> Handle:
    """3-D Secure, done."""
    made = await world.placed("tok_3ds_required", E_BOOK)
    handle = await world.start(made)
    await until(world, made, lambda it: it.action_url)
    await decide(world, made, confirmed=True)
    await handle.signal(CheckoutWorkflow.news)
    return handle


async def never_confirmed_at_the_bank(world: World) -> Handle:
    """3-D Secure, until the books went back."""
    return await world.start(await world.placed("tok_3ds_required"))


async def cancelled(world: World) -> Handle:
    """Called off with the parcel already booked."""
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number)
    await handle.execute_update(CheckoutWorkflow.cancel)
    return handle


async def refused_by_the_carrier(world: World) -> Handle:
    """No service to that place."""
    return await world.start(await world.placed(country="ZZ"))


async def answer_lost(world: World) -> Handle:
    """The provider did its work and fell silent."""
    world.gateway.fall_silent("authorise", Silence.AFTER)
    world.gateway.fall_silent("find", Silence.BEFORE, 2)
    return await world.start(await world.placed("tok_ok", E_BOOK))


async def never_answered(world: World) -> Handle:
    """The provider heard nothing and said nothing."""
    world.gateway.fall_silent("authorise", Silence.BEFORE)
    return await world.start(await world.placed("tok_ok", E_BOOK))


async def parked_and_retried(world: World) -> Handle:
    """An operator dealt with what had stopped it."""
    world.gateway.fall_silent("capture", Silence.BEFORE, 1_000)
    made = await world.placed("tok_ok", E_BOOK)
    handle = await world.start(made)
    await until(world, made, lambda it: it.needs_attention, skip=600)
    world.gateway.hear_again()
    await handle.execute_update(CheckoutWorkflow.retry)
    return handle


async def parked_and_settled(world: World) -> Handle:
    """An operator did it by hand."""
    world.gateway.fall_silent("capture", Silence.BEFORE, 1_000)
    made = await world.placed("tok_ok", E_BOOK)
    handle = await world.start(made)
    await until(world, made, lambda it: it.needs_attention, skip=600)
    await handle.execute_update(CheckoutWorkflow.settle, Settlement("Captured in the provider's console."))
    return handle


async def refunded(world: World) -> Handle:
    """Money goes back, at the second try."""
    made = await world.placed("tok_ok", E_BOOK)
    await (await world.start(made)).result()
    world.gateway.fall_silent("refund", Silence.AFTER)
    return await refund(world, made)


async def refund(world: World, made: Order) -> Handle:
    """Everything back."""
    async with world.unit_of_work() as work:
        order = await work.orders.get(made.id)
        share = RefundLine(DRACULA, order.total)
        back = Refund(
            RefundId(uuid4()), made.id, "one click", (share,), order.total, "Torn page", made.placed_at
        )
        order.request_refund(back)
        await work.orders.save(order)
    return await world.client.start_workflow(
        RefundWorkflow.run,
        RefundInput(str(made.id), str(back.id)),
        id=refund_workflow_id(back.id),
        task_queue=world.queue,
    )


async def approved(world: World) -> WorkflowHandle[Any, Any]:
    """Staff says that a price is a bargain."""
    olga = await somebody(world, Role.STAFF)
    handle = await suspected(world, await doubted(world))
    await handle.execute_update(SuspicionWorkflow.approve, Word(str(olga)))
    return handle


async def said_twice(world: World) -> WorkflowHandle[Any, Any]:
    """Nobody decides, and after an hour the store says it again."""
    return await suspected(world, await doubted(world))


async def decide(world: World, made: Order, *, confirmed: bool) -> None:
    """The reader presses a button at the bank."""
    reference = (await world.see(made)).payment_reference
    assert reference is not None
    world.gateway.decide(PaymentReference(reference), confirmed=confirmed)


def _named(what: str, *scenarios: Scenario) -> dict[str, Scenario]:
    return {f"{what}-{scenario.__name__.replace('_', '-')}": scenario for scenario in scenarios}


SCENARIOS: Mapping[str, Scenario] = {
    **_named(
        "checkout",
        paperback,
        e_book,
        paid_by_coupon,
        declined,
        confirmed_at_the_bank,
        never_confirmed_at_the_bank,
        cancelled,
        refused_by_the_carrier,
        answer_lost,
        never_answered,
        parked_and_retried,
        parked_and_settled,
    ),
    **_named("purchase", *PURCHASES),
    **_named("watch", *WATCHES),
    **_named("correction", *CORRECTIONS),
    **_named("suspicion", approved, said_twice),
    **_named("refresh", *REFRESHES),
    "refund-given": refunded,
}
