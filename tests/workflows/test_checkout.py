"""Every checkout comes to an end in which stock, money and order agree."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.service import RPCError

from domain.orders.order import Order
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.payments.gateway import PaymentReference
from tests.builders import DRACULA, EMMA, line
from tests.fakes.payments import Silence
from tests.workflows.conftest import World
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.shared.attention import Settlement

E_BOOK = line(DRACULA, digital=True)


def ledger(world: World, made: Order) -> dict[str, int]:
    """Money that moved at the provider for this order, by kind."""
    found: dict[str, int] = {}
    for movement in world.gateway.ledger:
        if movement.order_id == made.id:
            found[movement.kind] = found.get(movement.kind, 0) + movement.amount.amount
    return found


async def agree(world: World, made: Order) -> None:
    """The order's end, the provider's ledger and the stock tell the same story."""
    it = await world.see(made)
    money = ledger(world, made)
    held_or_kept = money.get("authorise", 0) - money.get("void", 0) - money.get("refund", 0)
    stock = world.work.inventory.stock[EMMA]
    assert it.ended
    assert stock.held == 0
    if it.status is OrderStatus.COMPLETED:
        assert money.get("capture", 0) == made.total.amount
        assert held_or_kept == made.total.amount
        assert stock.on_hand == 10 - made.copies_to_ship().get(EMMA, 0)
    else:
        assert held_or_kept == 0
        assert stock.on_hand == 10


async def delivered(world: World, made: Order) -> None:
    """The parcel moves as soon as the order shows its last move, and the carrier's news says so once."""
    handle = await world.start(made)
    ending = asyncio.ensure_future(handle.result())
    seen = None
    while not ending.done():
        it = await world.see(made)
        if it.tracking_number and it.fulfilment is not seen:
            seen = it.fulfilment
            world.parcel_moves(made)
            with suppress(RPCError):  # the process may have ended a moment ago
                await handle.signal(CheckoutWorkflow.news)
        await asyncio.sleep(0.02)
    await ending


async def test_a_parcel_is_authorised_shipped_captured_and_delivered(world: World) -> None:
    made = await world.placed()
    await delivered(world, made)
    it = await world.see(made)
    assert (it.status, it.payment, it.fulfilment) == (
        OrderStatus.COMPLETED,
        PaymentStatus.CAPTURED,
        FulfilmentStatus.DELIVERED,
    )
    assert world.letters.sent == ["confirmed", "dispatched"]
    await agree(world, made)


async def test_an_e_book_is_captured_and_delivered_at_once(world: World) -> None:
    made = await world.placed("tok_ok", E_BOOK)
    result = await (await world.start(made)).result()
    assert result.status == "completed"
    await agree(world, made)


@pytest.mark.parametrize(
    ("token", "words"), [("tok_declined", "declined"), ("tok_insufficient_funds", "not enough money")]
)
async def test_a_declined_card_ends_the_order_and_frees_the_books(
    world: World, token: str, words: str
) -> None:
    made = await world.placed(token)
    result = await (await world.start(made)).result()
    assert result.status == "declined"
    assert words in result.reason
    await agree(world, made)
    assert world.letters.sent == ["ended"]


@pytest.mark.parametrize("when", list(Silence))
@pytest.mark.parametrize("times", [1, 3])
async def test_a_silent_authorisation_is_asked_about_and_never_charged_twice(
    world: World, when: Silence, times: int
) -> None:
    world.gateway.fall_silent("authorise", when)
    world.gateway.fall_silent("find", Silence.BEFORE, times)
    made = await world.placed("tok_ok", E_BOOK)
    result = await (await world.start(made)).result()
    # Nothing had happened: declined after a minute of asking. It had: found, and the order goes on.
    assert result.status == ("completed" if when is Silence.AFTER else "declined")
    assert ledger(world, made).get("capture", 0) == (made.total.amount if when is Silence.AFTER else 0)
    await agree(world, made)
    assert any("did not answer" in told.text for told in world.work.orders.stories[made.id])


@pytest.mark.parametrize("when", list(Silence))
@pytest.mark.parametrize("times", [1, 2, 5])
async def test_a_silent_capture_is_repeated_under_its_key_and_taken_once(
    world: World, when: Silence, times: int
) -> None:
    world.gateway.fall_silent("capture", when, times)
    made = await world.placed("tok_ok", E_BOOK)
    await (await world.start(made)).result()
    assert ledger(world, made)["capture"] == made.total.amount
    await agree(world, made)


@pytest.mark.parametrize("when", list(Silence))
@pytest.mark.parametrize("times", [1, 4])
async def test_a_silent_provider_is_asked_until_it_has_let_go(
    world: World, when: Silence, times: int
) -> None:
    world.gateway.fall_silent("abandon", when, times)
    made = await world.placed("tok_declined")
    await (await world.start(made)).result()
    await agree(world, made)


@pytest.mark.parametrize("when", list(Silence))
async def test_a_silent_carrier_gets_one_parcel(world: World, when: Silence) -> None:
    world.carrier.fall_silent("book", when, 3)
    made = await world.placed()
    await delivered(world, made)
    await agree(world, made)
    assert [status for _, status in world.carrier.moves] == ["booked", "dispatched", "delivered"]


async def test_a_place_the_carrier_does_not_serve_ends_the_order_uncharged(world: World) -> None:
    made = await world.placed(country="ZZ")
    result = await (await world.start(made)).result()
    assert result.status == "cancelled"
    assert "no service" in result.reason
    assert ledger(world, made)["void"] == made.total.amount
    await agree(world, made)


async def test_a_parcel_delivered_in_silence_is_found_by_asking(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    ending = asyncio.ensure_future(handle.result())
    while not ending.done():
        if (await world.see(made)).tracking_number:
            world.parcel_moves(made)
        await asyncio.sleep(0.05)
    await agree(world, made)


async def test_a_payment_the_bank_confirms_goes_on(world: World) -> None:
    made = await world.placed("tok_3ds_required")
    handle = await world.start(made)
    await until(world, made, lambda it: it.action_url)
    world.gateway.decide(PaymentReference((await world.see(made)).payment_reference), confirmed=True)
    await handle.signal(CheckoutWorkflow.news)
    await until(world, made, lambda it: it.tracking_number)
    world.parcel_moves(made)
    world.parcel_moves(made)
    await handle.result()
    await agree(world, made)


async def test_a_payment_the_bank_refuses_is_declined(world: World) -> None:
    made = await world.placed("tok_3ds_required")
    handle = await world.start(made)
    await until(world, made, lambda it: it.action_url)
    world.gateway.decide(PaymentReference((await world.see(made)).payment_reference), confirmed=False)
    await handle.signal(CheckoutWorkflow.news)
    assert (await handle.result()).status == "declined"
    await agree(world, made)


async def test_a_payment_nobody_confirms_expires_and_a_late_confirmation_holds_no_money(world: World) -> None:
    made = await world.placed("tok_3ds_required")
    handle = await world.start(made)
    assert (await handle.result()).status == "expired"
    world.gateway.decide(PaymentReference((await world.see(made)).payment_reference), confirmed=True)
    await agree(world, made)


async def test_books_sold_while_the_bank_confirmed_are_not_charged(world: World) -> None:
    made = await world.placed("tok_3ds_required")
    handle = await world.start(made)
    await until(world, made, lambda it: it.action_url)
    inventory = world.work.inventory
    await inventory.release(made.id, made.placed_at)
    inventory.stock.pop(EMMA)
    inventory.put(EMMA, 0)
    world.gateway.decide(PaymentReference((await world.see(made)).payment_reference), confirmed=True)
    await handle.signal(CheckoutWorkflow.news)
    result = await handle.result()
    assert result.status == "cancelled"
    assert ledger(world, made)["void"] == made.total.amount
    assert inventory.stock[EMMA].held == 0


async def test_a_cancelled_order_costs_nothing_and_its_parcel_stays(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number)
    result = await handle.execute_update(CheckoutWorkflow.cancel)
    assert result.status == "cancelled"
    await handle.result()
    await agree(world, made)
    assert [status for _, status in world.carrier.moves] == ["booked", "cancelled"]


async def test_cancelling_twice_at_once_cancels_once(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number)
    answers = await asyncio.gather(
        *(handle.execute_update(CheckoutWorkflow.cancel) for _ in range(2)), return_exceptions=True
    )
    assert "cancelled" in {getattr(answer, "status", "refused") for answer in answers}
    await handle.result()
    await agree(world, made)


async def test_cancelling_the_workflow_itself_cancels_the_order(world: World) -> None:
    made = await world.placed("tok_3ds_required")
    handle = await world.start(made)
    await until(world, made, lambda it: it.action_url)
    await handle.cancel()
    assert (await handle.result()).status == "cancelled"
    await agree(world, made)


async def test_a_parcel_that_has_left_is_not_called_back(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number)
    world.parcel_moves(made)
    with pytest.raises(WorkflowUpdateFailedError, match=r"Workflow update failed"):
        await handle.execute_update(CheckoutWorkflow.cancel)
    world.parcel_moves(made)
    await handle.signal(CheckoutWorkflow.news)
    assert (await handle.result()).status == "completed"
    await agree(world, made)


async def test_an_operator_retries_what_the_provider_would_not_answer(world: World) -> None:
    world.gateway.fall_silent("capture", Silence.BEFORE, 1_000)
    made = await world.placed("tok_ok", E_BOOK)
    handle = await world.start(made)
    await until(world, made, lambda it: it.needs_attention, skip=600)
    assert "did not succeed" in (await handle.query(CheckoutWorkflow.progress)).parked
    world.gateway.hear_again()
    await handle.execute_update(CheckoutWorkflow.retry)
    assert (await handle.result()).status == "completed"
    assert (await world.see(made)).needs_attention is None
    await agree(world, made)


async def test_an_operator_settles_by_hand_and_must_say_how(world: World) -> None:
    world.gateway.fall_silent("capture", Silence.BEFORE, 1_000)
    made = await world.placed("tok_ok", E_BOOK)
    handle = await world.start(made)
    await until(world, made, lambda it: it.needs_attention, skip=600)
    with pytest.raises(WorkflowUpdateFailedError):
        await handle.execute_update(CheckoutWorkflow.settle, Settlement(" "))
    await handle.execute_update(CheckoutWorkflow.settle, Settlement("Captured in the provider's console."))
    assert (await handle.result()).status == "completed"
    assert any("provider's console" in told.text for told in world.work.orders.stories[made.id])


async def test_nothing_can_be_retried_or_settled_while_nothing_is_parked(world: World) -> None:
    made = await world.placed()
    handle = await world.start(made)
    await until(world, made, lambda it: it.tracking_number)
    for update, args in ((CheckoutWorkflow.retry, []), (CheckoutWorkflow.settle, [Settlement("done")])):
        with pytest.raises(WorkflowUpdateFailedError):
            await handle.execute_update(update, args=args)
    await handle.execute_update(CheckoutWorkflow.cancel)
    await handle.result()  # a process that waits without a worker keeps the server from skipping time


async def until(
    world: World,
    made: Order,
    what: Callable[[Order], object],
    *,
    skip: int = 0,
    within: timedelta = timedelta(seconds=20),
) -> None:
    """Let the process go on until it is so; where it waits for a timer, its time is skipped."""
    async with asyncio.timeout(within.total_seconds()):
        while not what(await world.see(made)):
            await (world.env.sleep(skip) if skip else asyncio.sleep(0.02))
