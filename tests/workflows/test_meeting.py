"""The life of a meeting and its bets, over weeks that take milliseconds."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from domain.bets.status import MarketStatus, VoidReason
from domain.meetings.status import Rsvp
from domain.shared.ids import MeetingId
from tests.workflows.conftest import World
from tests.workflows.meeting_scenarios import parked_and_retried
from tests.workflows.meeting_world import Handle
from workflows.meeting.contracts import Dispute, MeetingResult, Ruling
from workflows.meeting.workflow import MeetingWorkflow

STEPS = ("watch", "propose", "see_due", "reverse", "begin", "pay", "finish")
RIGHT = [411, 406, 416, 367]


async def derby_run(world: World) -> tuple[Handle, MeetingId, list[int]]:
    """Two finish together, the meeting takes place, nobody disputes."""
    races = world.races
    meeting, (x, y, _), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.finish(meeting, x, y)
    await races.tell(handle)
    await races.close(meeting)
    await races.tell(handle)
    result = await handle.result()
    assert result == MeetingResult(markets=1, settled=1, voided=0)
    return handle, meeting, await races.balances(bettors)


async def test_from_the_first_bet_to_the_last_point(world: World) -> None:
    _, meeting, paid = await derby_run(world)
    assert paid == RIGHT
    assert (await world.races.track.market(meeting)).status is MarketStatus.SETTLED
    assert world.work.points.adds_up()


@pytest.mark.parametrize("when", ["before", "after"])
async def test_steps_that_break_off_are_taken_again_and_pay_once(world: World, when: str) -> None:
    getattr(world.races.trouble, when).update(dict.fromkeys(STEPS, 2))
    _, _, paid = await derby_run(world)
    assert paid == RIGHT
    assert world.work.points.adds_up()


async def test_news_that_comes_twice_late_or_for_nothing_changes_nothing(world: World) -> None:
    races = world.races
    meeting, (x, y, _), bettors = await races.derby()
    handle = await races.start(meeting)
    for _ in range(5):
        await races.tell(handle)
    await races.finish(meeting, x, y)
    for _ in range(3):
        await races.tell(handle)
    await races.close(meeting)
    await asyncio.gather(*(races.tell(handle) for _ in range(3)))
    await handle.result()
    assert await races.balances(bettors) == RIGHT


async def test_lost_news_is_made_up_for_by_looking_again(world: World) -> None:
    races = world.races
    meeting, (x, y, _), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.finish(meeting, x, y)
    await races.close(meeting)
    await handle.result()
    assert await races.balances(bettors) == RIGHT


async def test_bets_lock_by_themselves_a_day_before_the_meeting(world: World) -> None:
    races = world.races
    meeting, *_ = await races.derby()
    handle = await races.start(meeting)
    await races.skip(timedelta(days=9, minutes=1))
    await races.until(meeting, MarketStatus.LOCKED)
    assert (await handle.query(MeetingWorkflow.progress)).stage == "locked"


async def test_a_meeting_that_nobody_closes_is_decided_by_what_was_told_within_three_days(
    world: World,
) -> None:
    races = world.races
    meeting, (x, *_), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.finish(meeting, x)
    await handle.result()
    assert await races.balances(bettors) == [489, 444, 300, 367]


async def test_a_meeting_of_which_nobody_tells_anything_gives_every_stake_back(world: World) -> None:
    races = world.races
    meeting, _, bettors = await races.derby()
    await (await races.start(meeting)).result()
    assert set(await races.balances(bettors)) == {400}
    assert (await races.track.market(meeting)).void_because is VoidReason.NO_EVIDENCE


@pytest.mark.parametrize("locked", [False, True])
async def test_a_cancelled_meeting_gives_every_stake_back_at_once(world: World, locked: bool) -> None:  # noqa: FBT001 - an example's value
    races = world.races
    meeting, _, bettors = await races.derby()
    handle = await races.start(meeting)
    await races.skip(timedelta(days=9, hours=1) if locked else timedelta(days=1))
    await races.track.cancels(meeting)
    await races.tell(handle)
    result = await handle.result()
    assert (result.voided, set(await races.balances(bettors))) == (1, {400})


async def test_a_meeting_moved_within_a_week_locks_by_its_new_time(world: World) -> None:
    races = world.races
    meeting, (x, y, _), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.track.moves(meeting, timedelta(days=6))
    await races.tell(handle)
    await races.skip(timedelta(days=10))
    assert (await races.track.market(meeting)).status is MarketStatus.OPEN
    await races.finish(meeting, x, y)
    await races.close(meeting)
    await handle.result()
    assert await races.balances(bettors) == RIGHT


async def test_a_horse_that_will_not_come_is_scratched_while_bets_are_open(world: World) -> None:
    races = world.races
    meeting, (x, *_), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.track.answers(meeting, x, Rsvp.DECLINED)
    await races.tell(handle)
    await races.skip(timedelta(days=1, minutes=1))
    assert await races.balances(bettors) == [400, 400, 300, 367]


async def test_a_dispute_holds_the_points_until_a_host_rules(world: World) -> None:
    races = world.races
    meeting, (x, y, _), bettors = await races.derby()
    handle = await races.start(meeting)
    await races.finish(meeting, x)
    await races.close(meeting)
    await races.tell(handle)
    await races.until(meeting, MarketStatus.PROPOSED)
    market = (await races.track.market(meeting)).id
    with world.env.auto_time_skipping_disabled():
        dispute = Dispute(str(meeting), str(market), str(bettors[2]))
        await handle.execute_update(MeetingWorkflow.dispute, dispute)
    await races.skip(timedelta(days=2))
    assert await races.balances(bettors) == [300, 350, 300, 367]
    ruling = Ruling(str(meeting), str(market), str(races.track.host), [str(y)])
    await handle.execute_update(MeetingWorkflow.rule, ruling)
    await handle.result()
    assert await races.balances(bettors) == [300, 350, 583, 367]


async def test_nobody_rules_before_there_is_a_result_nor_without_the_right_to(world: World) -> None:
    races = world.races
    meeting, (x, *_), bettors = await races.derby()
    handle = await races.start(meeting)
    market = (await races.track.market(meeting)).id

    async def refused(by: object) -> str | None:
        ruling = Ruling(str(meeting), str(market), str(by), [str(x)])
        with pytest.raises(WorkflowUpdateFailedError) as failure:
            await handle.execute_update(MeetingWorkflow.rule, ruling)
        assert isinstance(failure.value.cause, ApplicationError)
        return failure.value.cause.type

    assert await refused(races.track.host) == "nothing_to_dispute"
    await races.finish(meeting, x)
    await races.close(meeting)
    await races.tell(handle)
    await races.until(meeting, MarketStatus.PROPOSED)
    with world.env.auto_time_skipping_disabled():
        assert await refused(bettors[0]) == "not_a_host"


async def test_a_market_that_cannot_be_ended_waits_for_an_operator(world: World) -> None:
    result = await (await parked_and_retried(world)).result()
    assert result == MeetingResult(markets=1, settled=0, voided=1)
    assert world.work.points.adds_up()


async def test_a_corrected_market_is_settled_anew_by_a_second_run(world: World) -> None:
    handle, meeting, _ = await derby_run(world)
    races = world.races
    evidence = await world.work.paddock.evidence(meeting)
    y = sorted(runner.reader for runner in evidence.runners)[1]
    await races.track.corrects(await races.track.market(meeting), {str(y)})
    again = await races.start(meeting)
    assert again.id == handle.id
    assert (await again.result()).settled == 1
    assert world.work.points.adds_up()
