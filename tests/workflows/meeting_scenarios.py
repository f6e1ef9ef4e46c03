"""Stories of meetings and their bets worth remembering, carried to their end."""

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.bets.status import MarketStatus
from tests.workflows.meeting_world import Handle
from workflows.meeting.contracts import Dispute, Ruling
from workflows.meeting.workflow import MeetingWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

FOR_LONG = 10_000  # tries: more than any process makes


async def settled(world: "World") -> Handle:
    """Two finish together, the meeting takes place, nobody disputes."""
    races = world.races
    meeting, (x, y, _), _ = await races.derby()
    handle = await races.start(meeting)
    await races.finish(meeting, x, y)
    await races.tell(handle)
    await races.close(meeting)
    await races.tell(handle)
    return handle


async def called_off(world: "World") -> Handle:
    """Every stake goes back."""
    races = world.races
    meeting, *_ = await races.derby()
    handle = await races.start(meeting)
    await races.skip(timedelta(hours=1))
    await races.track.cancels(meeting)
    await races.tell(handle)
    return handle


async def ruled(world: "World") -> Handle:
    """A member disputes, and a host names another winner."""
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
        ruling = Ruling(str(meeting), str(market), str(races.track.host), [str(y)])
        await handle.execute_update(MeetingWorkflow.rule, ruling)
    return handle


async def parked_and_retried(world: "World") -> Handle:
    """A market cannot be ended until a person has dealt with the cause."""
    races = world.races
    meeting, *_ = await races.derby()
    handle = await races.start(meeting)
    races.trouble.before["finish"] = FOR_LONG
    await races.track.cancels(meeting)
    await races.tell(handle)
    while not (await handle.query(MeetingWorkflow.progress)).parked:
        await races.skip(timedelta(minutes=10))
    races.trouble.before.clear()
    await handle.execute_update(MeetingWorkflow.retry)
    return handle


MEETINGS = (settled, called_off, ruled, parked_and_retried)
