"""Watches on a server that skips time: what wakes them, and what becomes of two things at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError

from application.watches.look_at_watch import LookAtWatch, Step
from domain.purchases.status import PurchaseStatus
from domain.shared.ids import WatchId
from domain.watches.quiet_hours import QuietHours
from domain.watches.status import AfterPurchase, EndReason, WatchStatus
from domain.watches.watch import Watch
from tests.builders import usd
from tests.buying import quote
from tests.watching import buying
from tests.workflows.conftest import World
from tests.workflows.watch_world import Watching, end_all, ended, is_, pays_with, wanting, watching
from workflows.watch.workflow import WatchWorkflow

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def nobody_is_left_waiting(world: World) -> AsyncIterator[None]:
    """A process without a worker would keep the server from skipping time in the tests that follow."""
    yield
    await end_all(world)


async def quiet_for_a_while(it: Watching) -> None:
    """Long enough for anything that was going to happen at once."""
    for _ in range(15):
        await it.relay()
        await asyncio.sleep(0.01)


async def test_a_price_is_told_once_and_the_watch_goes_on(world: World) -> None:
    it = await watching(world, wanting(), webhook="https://example.org/prices")
    await it.hear(1_500)
    await it.until(lambda one: one.told and not one.notices)
    for minute in range(1, 4):
        await it.hear(1_499, minute)
    await quiet_for_a_while(it)
    assert world.watchers.subjects == ["The price you wait for is there"]
    assert [key for key, _ in world.watchers.calls] == [f"{it.watch.id}-notice-1"]
    assert '"price":{"amount":1500,"currency":"USD"}' in world.watchers.calls[0][1]
    assert (await it.see()).status is WatchStatus.ACTIVE


async def test_what_was_told_while_it_looked_is_not_told_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, may_end = asyncio.Event(), asyncio.Event()
    as_ever = LookAtWatch.__call__

    async def slowly(look: LookAtWatch, watch_id: WatchId) -> Step:
        seen = await as_ever(look, watch_id)
        if world.watchers.calls and not looked.is_set():
            looked.set()
            await may_end.wait()
        return seen

    monkeypatch.setattr(LookAtWatch, "__call__", slowly)
    world.watchers.answers.clear()
    it = await watching(world, wanting(), webhook="https://example.org/prices")
    await it.hear(1_500)
    await it.until(lambda _: world.watchers.calls)
    await it.wake()
    await looked.wait()
    world.watchers.answers.set()
    await it.wake()  # comes to the process in one piece with the end of the call
    await asyncio.sleep(0.2)
    may_end.set()
    await it.until(lambda one: one.told and not one.notices)
    await quiet_for_a_while(it)
    history = await it.handle.fetch_history()
    steps = [event.activity_task_scheduled_event_attributes.activity_type.name for event in history.events]
    assert steps.count("call the watcher's server") == 1


async def test_a_copy_is_bought_when_the_price_comes_and_its_receipt_is_told(world: World) -> None:
    it = await watching(world, wanting(buying()))
    await it.hear(1_600)
    await it.hear(1_400, 1)
    assert await ended(it) == "Every copy that was wanted is bought."
    (bought,) = await it.purchases()
    assert (bought.status, bought.kept) == (PurchaseStatus.DONE, usd(1_000))
    one = await it.see()
    assert (one.bought, one.spent, one.ended_because) == (1, usd(1_000), EndReason.BOUGHT)
    assert world.watchers.subjects == []  # its purchase writes, as any does
    assert world.shops.letters.sent == [(bought.id, "bought")]


async def test_mail_and_servers_that_are_down_keep_nothing_from_being_bought(world: World) -> None:
    world.watchers.closed = world.watchers.away = True
    it = await watching(world, wanting(buying(2)), webhook="https://example.org/prices")
    await it.hear(1_400)
    await it.until(lambda one: one.ended, skip=30)
    assert world.watchers.mails == world.watchers.calls == []
    world.watchers.closed = world.watchers.away = False
    await ended(it)
    assert world.watchers.subjects == []
    assert [key for key, _ in world.watchers.calls] == [f"{it.watch.id}-notice-{n}" for n in (1, 2)]


async def test_whoever_cancels_the_workflow_ends_the_watch(world: World) -> None:
    it = await watching(world, wanting(buying()))
    await it.until(lambda one: one.version == 0)
    await it.handle.cancel()
    assert (await it.handle.result()).words == "You ended it."
    assert (await it.see()).ended_because is EndReason.CANCELLED


async def test_two_copies_are_two_purchases_one_after_the_other(world: World) -> None:
    it = await watching(world, wanting(buying(2)))
    await it.hear(1_400)
    await ended(it)
    assert [one.status for one in await it.purchases()] == [PurchaseStatus.DONE] * 2
    assert (await it.see()).spent == usd(2_000)


async def test_when_the_price_has_moved_the_watch_goes_on_and_tries_again_after_a_rest(world: World) -> None:
    world.shops.offers.moves_to(quote(), usd(1_600))
    it = await watching(world, wanting(buying()))
    await it.hear(1_400)
    resting = await it.until(lambda one: one.failures)
    assert (resting.status, resting.bought) == (WatchStatus.ACTIVE, 0)
    assert (await it.purchases())[0].status is PurchaseStatus.PRICE_MOVED
    world.shops.offers.now.clear()
    await it.hear(1_390, 1)
    await quiet_for_a_while(it)
    assert (await it.see()).attempt == 1  # it rests
    assert await ended(it) == "Every copy that was wanted is bought."
    assert (await it.see()).attempt == 2


async def test_the_latest_date_ends_it_though_nobody_ever_woke_it(world: World) -> None:
    it = await watching(world, wanting(buying(), days=3))
    result = await it.handle.result()
    assert result.words == "The latest date has come."
    assert await world.env.get_current_time() >= it.began + 3 * DAY
    assert world.watchers.subjects == ["Your watch has ended"]
    assert await it.purchases() == []


async def test_a_paused_watch_buys_nothing_and_a_resumed_one_looks_at_once(world: World) -> None:
    it = await watching(world, wanting(buying()))
    await it.do(Watch.pause)
    await it.hear(1_400)
    await quiet_for_a_while(it)
    assert await it.purchases() == []
    await it.do(Watch.resume)
    assert await ended(it) == "Every copy that was wanted is bought."


async def test_what_is_not_vetoed_is_bought_and_not_before(world: World) -> None:
    it = await watching(world, wanting(buying(veto=HOUR)))
    await it.hear(1_400)
    proposed = await it.until(lambda one: one.veto_until)
    assert world.watchers.subjects == ["About to buy for you"]
    assert await it.purchases() == []
    await it.until(is_(WatchStatus.BUYING), skip=60)
    assert proposed.veto_until is not None
    assert await world.env.get_current_time() >= proposed.veto_until
    await ended(it)
    assert len(await it.purchases()) == 1


async def test_a_pause_while_the_veto_runs_stops_it_and_what_is_resumed_proposes_anew(world: World) -> None:
    it = await watching(world, wanting(buying(veto=HOUR)))
    await it.hear(1_400)
    await it.until(lambda one: one.veto_until)
    await it.do(Watch.pause)
    await world.env.sleep(2 * HOUR)
    assert (await it.see()).status is WatchStatus.PAUSED
    assert await it.purchases() == []
    await it.do(Watch.resume)
    await it.until(lambda one: one.veto_until)
    assert world.watchers.subjects == ["About to buy for you"] * 2
    await it.do(Watch.cancel)
    assert await it.handle.result()


async def test_a_veto_by_an_operator_and_only_when_there_is_something_to_veto(world: World) -> None:
    it = await watching(world, wanting(buying(veto=HOUR)))
    await it.until(lambda one: one.version == 0)
    with pytest.raises(WorkflowUpdateFailedError):
        await it.handle.execute_update(WatchWorkflow.veto)
    await it.hear(1_400)
    await it.until(lambda one: one.veto_until)
    await it.handle.execute_update(WatchWorkflow.veto)
    await world.env.sleep(2 * HOUR)
    assert (await it.see()).status is WatchStatus.ACTIVE
    await it.handle.execute_update(WatchWorkflow.pause)
    await it.handle.execute_update(WatchWorkflow.resume)
    await it.handle.execute_update(WatchWorkflow.cancel)
    await it.handle.result()
    assert (await it.see()).ended_because is EndReason.CANCELLED


@pytest.mark.parametrize("first", ["price", "cancel"])
async def test_a_cancellation_that_races_a_price_leaves_one_copy_or_none(world: World, first: str) -> None:
    it = await watching(world, wanting(buying(3)))
    if first == "price":
        await asyncio.gather(it.hear(1_400), it.do(Watch.cancel), it.wake(), it.wake())
    else:
        await asyncio.gather(it.do(Watch.cancel), it.hear(1_400), it.wake(), it.wake())
    await ended(it)
    one, purchases = await it.see(), await it.purchases()
    assert one.ended_because is EndReason.CANCELLED
    assert len(purchases) <= 1
    assert one.bought == sum(each.status is PurchaseStatus.DONE for each in purchases)


async def test_a_cancellation_calls_off_a_purchase_whose_order_was_not_sent(world: World) -> None:
    it = await watching(world, wanting(buying(2)))
    await pays_with(it, "tok_3ds_required")  # the reader's bank waits for a word
    await it.hear(1_400)
    await it.until(is_(WatchStatus.BUYING))
    await it.until_a_purchase(lambda one: one.action_url)
    await it.do(Watch.cancel)
    assert (await it.see()).after_purchase is AfterPurchase.END
    await ended(it)
    assert [each.kept for each in await it.purchases()] == [usd(0)]
    assert world.shops.orders.received == []


async def test_prices_that_come_twice_late_and_out_of_order_buy_one_copy(world: World) -> None:
    it = await watching(world, wanting(buying()))
    await it.hear(1_400, 5)
    await it.hear(1_400, 5)
    await it.hear(1_200, 1)  # older than what is known
    await it.wake()
    await ended(it)
    await it.hear(1_000, 9, wake=False)
    assert len(await it.purchases()) == 1


async def test_a_declined_payment_pauses_it_and_says_so(world: World) -> None:
    it = await watching(world, wanting(buying()))
    await pays_with(it, "tok_declined")
    await it.hear(1_400)
    paused = await it.until(lambda one: one.status is WatchStatus.PAUSED and not one.notices)
    assert paused.last_failure
    assert world.watchers.subjects == ["Your watch is paused"]


async def test_at_night_nobody_is_written_to(world: World) -> None:
    now = await world.env.get_current_time()
    asleep = QuietHours(time((now.hour - 1) % 24), time((now.hour + 3) % 24), "UTC")
    it = await watching(world, wanting(quiet=asleep))
    await it.hear(1_400)
    await quiet_for_a_while(it)
    assert world.watchers.mails == []
    await it.until(lambda one: one.told and not one.notices, skip=1_800)
    end = asleep.end_after(now)
    assert end is not None
    assert await world.env.get_current_time() >= end
    assert world.watchers.subjects == ["The price you wait for is there"]


async def test_an_idle_watch_takes_no_step(world: World) -> None:
    it = await watching(world, wanting(days=300))
    await it.until(lambda one: one.version == 0)
    await world.env.sleep(200 * DAY)
    history = it.handle.fetch_history_events()
    looks = [event async for event in history if event.HasField("marker_recorded_event_attributes")]
    assert len(looks) == 1
