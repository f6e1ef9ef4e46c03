"""Every purchase comes to an end in which reader, provider, store and books agree: one order at most, never
above the maximum, and nothing held or kept where there is no book.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from application.purchases.keys import order_key
from domain.payments.gateway import PaymentReference, Refused
from domain.purchases.status import MoneyStatus, PurchaseStatus, StoreStatus
from domain.purchases.store_orders import Rejected, RejectionReason
from entrypoints.worker.main import workflow_runner
from tests.builders import NOON, usd
from tests.buying import quote
from tests.fakes.payments import InMemoryPaymentGateway, Silence
from tests.workflows.conftest import World
from tests.workflows.purchase_world import agree, bought, correct, moved, received, start, until
from workflows.purchase.contracts import StoreSaid
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.shared.attention import Settlement


@pytest.fixture
async def world(time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    """A fresh shop with its worker running, without the sandbox: `test_purchase_crashes` has it on."""
    made = World(time_skipping.client, time_skipping)
    async with made.worker(workflow_runner()):
        yield made


async def test_the_cheapest_offer_is_bought_at_what_it_costs_and_the_rest_released(world: World) -> None:
    it, ended = await bought(world)
    assert (ended, it.status, it.money, it.store) == (
        "done",
        PurchaseStatus.DONE,
        MoneyStatus.CAPTURED,
        StoreStatus.PLACED,
    )
    assert moved(world, it) == {"authorise": 1_500, "capture": 1_000, "void": 500}
    [order] = world.shops.orders.received
    assert (order.store, order.landed, order.key) == ("harbour-books", usd(1_000), order_key(it.id))
    await agree(world, it)


async def test_too_dear_costs_nothing_and_the_bank_is_never_asked(world: World) -> None:
    it, ended = await bought(world, 999)
    assert (ended, it.status) == ("too_dear", PurchaseStatus.TOO_DEAR)
    assert it.lowest == quote()
    assert moved(world, it) == {}
    assert world.shops.offers.looked == 0
    await agree(world, it)


async def test_no_offer_costs_nothing(world: World) -> None:
    world.shops.offers.offers.clear()
    it, ended = await bought(world)
    assert (ended, moved(world, it)) == ("no_offer", {})
    await agree(world, it)


async def test_the_cheapest_of_a_store_that_takes_no_orders_is_told_and_the_next_one_bought(
    world: World,
) -> None:
    world.shops.offers.not_ordered_from.add("harbour-books")
    it, ended = await bought(world)
    assert (ended, it.quote, it.lowest) == ("done", quote(1_100, store="dear"), quote())
    await agree(world, it)


async def test_a_purchase_beyond_a_cap_is_denied_before_anybody_is_asked(world: World) -> None:
    it, ended = await bought(world, 5_001)
    assert (ended, world.shops.offers.compared, moved(world, it)) == ("cap_denied", 0, {})
    assert "Your cap for a purchase is 50.00 USD" in (it.ended_because or "")
    await agree(world, it)


async def test_a_declined_card_ends_it_before_any_order(world: World) -> None:
    it, ended = await bought(world, token="tok_insufficient_funds")
    assert (ended, world.shops.orders.received) == ("declined", [])
    assert "not enough money" in (it.ended_because or "")
    await agree(world, it)


async def test_a_price_that_moved_cancels_it_and_is_told(world: World) -> None:
    world.shops.offers.moves_to(quote(), usd(1_000))
    it, ended = await bought(world)
    assert (ended, world.shops.orders.received) == ("price_moved", [])
    assert it.ended_because == "harbour-books asked 10.00 USD and now asks 11.00 USD; nothing was bought."
    assert moved(world, it) == {"authorise": 1_500, "void": 1_500}
    await agree(world, it)


async def test_a_price_that_fell_is_what_is_paid(world: World) -> None:
    world.shops.offers.moves_to(quote(), usd(700))
    it, _ = await bought(world)
    assert it.kept == usd(800)
    await agree(world, it)


async def test_a_look_that_grew_old_is_taken_anew_before_the_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers, real, looks = world.shops.offers, world.shops.offers.look_again, iter([40, 0])

    async def slowly(wanted: Any) -> Any:  # noqa: ANN401 - a quote
        seen = await real(wanted)
        assert seen is not None
        return replace(seen, seen_at=NOON - timedelta(seconds=next(looks)))

    monkeypatch.setattr(offers, "look_again", slowly)
    it, ended = await bought(world)
    assert (ended, offers.looked) == ("done", 2)
    await agree(world, it)


async def test_a_store_whose_clock_is_wrong_is_not_looked_at_for_ever(world: World) -> None:
    world.shops.offers.seen_at = lambda: NOON - timedelta(minutes=5)
    it, ended = await bought(world)
    assert (ended, world.shops.offers.looked, world.shops.orders.received) == ("store_rejected", 3, [])
    await agree(world, it)


async def test_a_comparison_that_breaks_off_is_tried_again(world: World) -> None:
    world.shops.offers.broken = 2
    it, ended = await bought(world)
    assert ended == "done"
    await agree(world, it)


async def test_a_comparison_that_never_comes_about_ends_it_uncharged(world: World) -> None:
    world.shops.offers.broken = 1_000
    it, ended = await bought(world)
    assert (ended, moved(world, it)) == ("no_offer", {})


@pytest.mark.parametrize(("times", "ending"), [(2, "done"), (1_000, "store_rejected")])
async def test_nothing_is_ordered_on_a_last_look_without_answer(
    world: World, times: int, ending: str
) -> None:
    world.shops.offers.silent = times
    it, ended = await bought(world)
    assert ended == ending
    assert len(world.shops.orders.received) == (1 if ending == "done" else 0)
    await agree(world, it)


# -- the money ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "times"), [(Silence.BEFORE, 1), (Silence.AFTER, 3)])
async def test_a_silent_authorisation_is_asked_about_and_made_once(
    world: World, when: Silence, times: int
) -> None:
    world.gateway.fall_silent("authorise", when)
    world.gateway.fall_silent("find", Silence.BEFORE, times)
    it, ended = await bought(world)
    assert ended == ("done" if when is Silence.AFTER else "declined")
    await agree(world, it)


@pytest.mark.parametrize(("when", "times"), [(Silence.BEFORE, 4), (Silence.AFTER, 1)])
async def test_a_silent_capture_is_repeated_under_its_key_and_taken_once(
    world: World, when: Silence, times: int
) -> None:
    world.gateway.fall_silent("capture", when, times)
    it, _ = await bought(world)
    assert moved(world, it)["capture"] == 1_000
    await agree(world, it)


async def test_a_silent_provider_is_asked_until_it_has_let_go(world: World) -> None:
    world.gateway.fall_silent("abandon", Silence.AFTER, 3)
    world.shops.offers.now[quote().offer_id] = None
    it, ended = await bought(world)
    assert ended == "price_moved"
    await agree(world, it)


async def test_a_payment_that_the_bank_confirms_goes_on_with_a_fresh_look(world: World) -> None:
    made = await received(world, token="tok_3ds_required")
    handle = await start(world, made)
    await until(world, made, lambda it: it.action_url)
    reference = (await world.work.purchases.get(made.id)).payment_reference
    world.gateway.decide(PaymentReference(reference or ""), confirmed=True)
    await handle.signal(PurchaseWorkflow.news)
    assert (await handle.result()).status == "done"
    await agree(world, made)


async def test_a_payment_that_nobody_confirms_is_declined_and_a_late_confirmation_holds_nothing(
    world: World,
) -> None:
    made = await received(world, token="tok_3ds_required")
    assert (await (await start(world, made)).result()).status == "declined"
    reference = (await world.work.purchases.get(made.id)).payment_reference
    world.gateway.decide(PaymentReference(reference or ""), confirmed=True)
    await agree(world, made)


async def test_a_refused_capture_waits_for_a_person_and_is_taken_under_a_new_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await received(world)
    with monkeypatch.context() as closed:
        closed.setattr(InMemoryPaymentGateway, "_take", lambda *_: Refused("The bank is closed."))
        handle = await start(world, made)
        await until(world, made, lambda it: it.needs_attention)
    await handle.execute_update(PurchaseWorkflow.retry)
    assert (await handle.result()).status == "done"
    await agree(world, made)


# -- the store ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [0, 2])
async def test_an_order_whose_answer_was_lost_is_found_by_its_key_and_never_sent_again(
    world: World, lost: int
) -> None:
    world.shops.orders.fall_silent("place", Silence.AFTER)
    world.shops.orders.fall_silent("find", Silence.BEFORE, lost)
    it, ended = await bought(world)
    assert ended == "done"
    await agree(world, it)


async def test_an_order_that_never_arrived_is_ruled_out_and_costs_nothing(world: World) -> None:
    world.shops.orders.fall_silent("place", Silence.BEFORE)
    it, ended = await bought(world)
    assert (ended, world.shops.orders.received) == ("store_rejected", [])
    assert it.ended_because == "The order never reached the store; nothing was bought."
    await agree(world, it)


async def test_a_store_that_refuses_the_order_is_quoted_and_costs_nothing(world: World) -> None:
    refusal = Rejected(RejectionReason.SOLD_OUT, "The last copy is gone", usd(1_200))
    world.shops.orders.rejection = refusal
    it, ended = await bought(world)
    assert ended == "store_rejected"
    assert "The last copy is gone" in (it.ended_because or "")
    assert "now asks 12.00 USD" in (it.ended_because or "")
    await agree(world, it)


async def test_a_store_that_takes_no_orders_any_more_costs_nothing(world: World) -> None:
    world.shops.orders.takes_orders = False
    it, ended = await bought(world)
    assert (ended, it.store) == ("store_rejected", StoreStatus.CALLED_OFF)
    await agree(world, it)


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        (StoreSaid("Ms Bates, by telephone", "no-77", 1_000), "done"),
        (StoreSaid("Ms Bates, by telephone", "no-77", 1_400), "refunded"),
        (StoreSaid("Ms Bates, by telephone"), "store_rejected"),
    ],
)
async def test_what_nobody_can_say_is_asked_three_times_and_then_waits_for_a_person_with_the_money_held(
    world: World, said: StoreSaid, ending: str
) -> None:
    world.shops.orders.fall_silent("place", Silence.AFTER if said.order_number else Silence.BEFORE)
    world.shops.orders.fall_silent("find", Silence.BEFORE, 3)
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.needs_attention, skip=30)
    parked = await world.work.purchases.get(made.id)
    assert (parked.store, parked.money, parked.counts) == (
        StoreStatus.ASKED,
        MoneyStatus.AUTHORISED,
        usd(1_500),
    )
    assert len(world.shops.orders.received) <= 1
    await handle.execute_update(PurchaseWorkflow.store_said, said)
    assert (await handle.result()).status == ending
    if ending != "refunded":  # there the store in memory charged what was agreed
        await agree(world, made)


async def test_an_operator_lets_the_store_be_asked_again(world: World) -> None:
    world.shops.orders.fall_silent("place", Silence.AFTER)
    world.shops.orders.fall_silent("find", Silence.BEFORE, 3)
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.needs_attention, skip=30)
    for said in (StoreSaid(" ", "no-1", 1), StoreSaid("Ms Bates", "no-1"), StoreSaid("Ms Bates", None, 1)):
        with pytest.raises(WorkflowUpdateFailedError):
            await handle.execute_update(PurchaseWorkflow.store_said, said)
    with pytest.raises(WorkflowUpdateFailedError):  # there is nothing that a hand could do
        await handle.execute_update(PurchaseWorkflow.settle, Settlement("Never mind."))
    await handle.execute_update(PurchaseWorkflow.retry)
    assert (await handle.result()).status == "done"
    await agree(world, made)


async def test_a_store_that_overcharges_loses_the_order_and_nothing_is_taken(world: World) -> None:
    world.shops.orders.more = 51
    it, ended = await bought(world)
    assert (ended, it.status, it.money) == ("refunded", PurchaseStatus.REFUNDED, MoneyStatus.VOIDED)
    assert (it.ended_because or "").startswith("harbour-books charged 10.51 USD instead of the agreed 10.00")
    assert moved(world, it) == {"authorise": 1_500, "void": 1_500}
    await agree(world, it)


async def test_a_store_that_keeps_a_wrong_order_is_for_a_person_and_the_reader_pays_nothing(
    world: World,
) -> None:
    world.shops.orders.more, world.shops.orders.keeps_its_orders = 400, True
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.needs_attention)
    await handle.execute_update(PurchaseWorkflow.settle, Settlement("They take it back by post."))
    assert (await handle.result()).status == "refunded"
    assert moved(world, made) == {"authorise": 1_500, "void": 1_500}


async def test_what_a_store_took_more_after_it_was_paid_is_given_back_whole_by_itself(world: World) -> None:
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.status is PurchaseStatus.CAPTURED)
    world.shops.orders.charge(order_key(made.id), 1_300)
    assert (await handle.result()).status == "refunded"
    assert moved(world, made) == {"authorise": 1_500, "capture": 1_000, "void": 500, "refund": 1_000}
    await agree(world, made)


async def test_what_a_store_took_less_after_it_was_paid_is_given_back_once(world: World) -> None:
    world.gateway.fall_silent("refund", Silence.AFTER, 2)
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.status is PurchaseStatus.CAPTURED)
    world.shops.orders.charge(order_key(made.id), 940)
    assert (await handle.result()).status == "done"
    assert moved(world, made)["refund"] == 60
    await agree(world, made)


# -- letters -----------------------------------------------------------------------------------------


async def test_the_reader_is_written_to_of_the_end_and_of_what_was_given_back(world: World) -> None:
    it, _ = await bought(world)
    dear, _ = await bought(world, 999)
    capped, _ = await bought(world, 5_001)
    world.shops.orders.more = 400
    overcharged, _ = await bought(world)
    about = world.shops.letters.about
    assert [about(each) for each in (it, dear, capped, overcharged)] == [["bought"], ["ended"], [], ["ended"]]
    for charged in (940, 900):
        world.shops.orders.charge(order_key(it.id), charged)
        await (await correct(world, it)).result()
    assert about(it) == ["bought", "given_back", "given_back"]


async def test_an_order_whose_outcome_stays_unknown_is_told_before_anything_else(world: World) -> None:
    world.shops.orders.fall_silent("place", Silence.AFTER)
    world.shops.orders.fall_silent("find", Silence.BEFORE, 2)
    it, ended = await bought(world)
    assert (ended, world.shops.letters.about(it)) == ("done", ["asking", "bought"])


# -- what a store does when it is done ---------------------------------------------------------------


async def test_an_order_that_the_store_calls_off_when_it_is_done_is_given_back_whole(world: World) -> None:
    it, _ = await bought(world)
    await world.shops.orders.cancel("harbour-books", order_key(it.id))
    for _ in range(2):  # the second time there is nothing left to do
        assert (await (await correct(world, it)).result()).status == "refunded"
    assert moved(world, it) == {"authorise": 1_500, "capture": 1_000, "void": 500, "refund": 1_000}
    await agree(world, it)


async def test_what_a_store_gives_back_twice_when_it_is_done_goes_back_twice(world: World) -> None:
    it, _ = await bought(world)
    for charged, back in ((940, 60), (900, 100), (900, 100)):
        world.shops.orders.charge(order_key(it.id), charged)
        world.gateway.fall_silent("refund", Silence.AFTER)
        assert (await (await correct(world, it)).result()).status == "done"
        assert moved(world, it)["refund"] == back
        world.gateway.hear_again()
        await agree(world, it)
    await world.shops.orders.cancel("harbour-books", order_key(it.id))
    assert (await (await correct(world, it)).result()).status == "refunded"
    assert moved(world, it)["refund"] == 1_000
    await agree(world, it)


async def test_what_a_store_takes_more_when_it_is_done_is_ours_or_the_order_goes_back(world: World) -> None:
    it, _ = await bought(world)
    world.shops.orders.charge(order_key(it.id), 1_040)  # within what is tolerated
    assert (await (await correct(world, it)).result()).status == "done"
    await agree(world, it)
    world.shops.orders.charge(order_key(it.id), 1_300)
    assert (await (await correct(world, it)).result()).status == "refunded"
    assert moved(world, it)["refund"] == 1_000
    await agree(world, it)


async def test_an_order_that_cannot_be_called_off_waits_for_a_person(world: World) -> None:
    it, _ = await bought(world)
    world.shops.orders.charge(order_key(it.id), 1_300)
    world.shops.orders.keeps_its_orders = True
    handle = await correct(world, it)
    await until(world, it, lambda seen: seen.needs_attention)
    await handle.execute_update("settle", Settlement("They take it back by post."))
    assert (await handle.result()).status == "refunded"
    assert moved(world, it)["refund"] == 1_000


# -- a change of mind --------------------------------------------------------------------------------


async def test_a_purchase_is_cancelled_until_its_order_is_sent(world: World) -> None:
    made = await received(world, token="tok_3ds_required")
    handle = await start(world, made)
    await until(world, made, lambda it: it.action_url)
    answers = await asyncio.gather(
        *(handle.execute_update(PurchaseWorkflow.cancel) for _ in range(2)), return_exceptions=True
    )
    assert "cancelled" in {getattr(answer, "status", "refused") for answer in answers}
    assert (await handle.result()).status == "cancelled"
    await agree(world, made)


async def test_cancelling_the_workflow_itself_cancels_the_purchase(world: World) -> None:
    made = await received(world, token="tok_3ds_required")
    handle = await start(world, made)
    await until(world, made, lambda it: it.action_url)
    await handle.cancel()
    assert (await handle.result()).status == "cancelled"
    await agree(world, made)


async def test_a_purchase_whose_order_was_sent_is_not_cancelled(world: World) -> None:
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.status is PurchaseStatus.CAPTURED)
    with pytest.raises(WorkflowUpdateFailedError):
        await handle.execute_update(PurchaseWorkflow.cancel)
    assert (await handle.result()).status == "done"
    await agree(world, made)
