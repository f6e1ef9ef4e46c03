"""The steps of a meeting's process over clubs and bets in memory, at the time of the time-skipping server."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

from application.bets.decide import DisputeMarket, RuleMarket
from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.park_bets import ParkBets, ResumeBets
from application.bets.propose_results import ProposeResults
from application.bets.watch_bets import WatchBets
from application.shared.unit_of_work import UnitOfWork
from domain.bets.market import DISPUTE_WINDOW
from domain.bets.status import MarketStatus
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId
from tests.betting import Track
from tests.fakes.time import StandingClock
from workflows.meeting.activities import MeetingActivities
from workflows.meeting.contracts import MeetingInput, workflow_id
from workflows.meeting.workflow import MeetingWorkflow

Handle = WorkflowHandle[MeetingWorkflow, Any]


def meeting_steps(work: UnitOfWork, clock: Clock) -> MeetingActivities:
    """Every step of a meeting."""
    return MeetingActivities(
        watch_bets=WatchBets(work, clock),
        propose_results=ProposeResults(work, clock, DISPUTE_WINDOW),
        see_due=SeeDue(work, clock),
        reverse_round=ReverseRound(work, clock),
        begin_ending=BeginEnding(work, clock),
        pay_shard=PayShard(work, clock),
        finish_ending=FinishEnding(work, clock),
        dispute_market=DisputeMarket(work, clock),
        rule_market=RuleMarket(work, clock),
        park_bets=ParkBets(work),
        resume_bets=ResumeBets(work),
    )


class Trouble(Interceptor):
    """Sets the clock to the server's time before each step; breaks off a step before or after its effect."""

    def __init__(self, env: WorkflowEnvironment, clock: StandingClock) -> None:
        self.env = env
        self.clock = clock
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}
        self.taken: list[str] = []

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - Temporal's own name
        return _Troubled(next, self)

    def strikes(self, plan: dict[str, int], step: str) -> bool:
        plan[step] = plan.get(step, 0) - 1
        return plan[step] >= 0


class _Troubled(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, trouble: Trouble) -> None:  # noqa: A002 - Temporal's own name
        super().__init__(next)
        self._trouble = trouble

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        trouble, step = self._trouble, input.fn.__name__
        if not hasattr(MeetingActivities, step):
            return await self.next.execute_activity(input)
        trouble.clock.at = await trouble.env.get_current_time()
        trouble.taken.append(step)
        if trouble.strikes(trouble.before, step):
            raise BrokenOff("before the step")
        done = await self.next.execute_activity(input)
        if trouble.strikes(trouble.after, step):
            raise BrokenOff("after the step")
        return done


class BrokenOff(Exception):
    """The worker died."""


@dataclass
class Races:
    """A club, its bets, and the processes that look after them."""

    env: WorkflowEnvironment
    unit_of_work: UnitOfWork
    queue: str

    def __post_init__(self) -> None:
        self.track = Track(self.unit_of_work)
        self.trouble = Trouble(self.env, self.track.clock)
        self.begun: list[Handle] = []

    def steps(self) -> MeetingActivities:
        """What its processes do."""
        return meeting_steps(self.unit_of_work, self.track.clock)

    async def sync(self) -> None:
        """The club's clock shows the server's time."""
        self.track.clock.at = await self.env.get_current_time()

    async def skip(self, by: timedelta) -> None:
        """Let so much time pass."""
        await self.env.sleep(by)
        await self.sync()

    async def start(self, meeting: MeetingId) -> Handle:
        """The meeting's process."""
        handle = await self.env.client.start_workflow(
            MeetingWorkflow.run,
            MeetingInput(str(meeting)),
            id=workflow_id(meeting),
            task_queue=self.queue,
        )
        self.begun.append(handle)
        return handle

    async def go_home(self) -> None:
        """A process that waits without a worker would keep the server from skipping time."""
        for handle in self.begun:
            with suppress(RPCError):  # it has ended by itself
                await handle.terminate()

    async def derby(self) -> tuple[MeetingId, list[UserId], list[UserId]]:
        """The example: a, b on x 100 and 50, c on y 100, d on z 33."""
        await self.sync()
        club, meeting, horses = await self.track.race(runners=3)
        horses.sort()
        bettors = await self.track.members(club, 4)
        x, y, z = horses
        for bettor, horse, amount in zip(bettors, (x, x, y, z), (100, 50, 100, 33), strict=True):
            await self.track.bets(bettor, meeting, horse, amount)
        return meeting, horses, bettors

    async def tell(self, handle: Handle) -> None:
        """There is news. The answer to a question says that it was heard, before any more time passes: the
        server does not forgive a timer that is cancelled in the very moment in which it fires.
        """
        await handle.signal(MeetingWorkflow.news)
        await handle.query(MeetingWorkflow.progress)

    async def finish(self, meeting: MeetingId, *readers: UserId) -> None:
        """They have read the book, at a pace that is believed."""
        await self.skip(timedelta(days=5))
        for reader in readers:
            await self.track.reads(meeting, reader, finished=True)

    async def close(self, meeting: MeetingId) -> None:
        """The meeting takes place, and its host closes it."""
        async with self.unit_of_work() as work:
            starts_at = (await work.meetings.read(meeting)).starts_at
        await self.skip(starts_at - await self.env.get_current_time() + timedelta(hours=2))
        await self.track.closes(meeting)

    async def balances(self, readers: Sequence[UserId]) -> list[int]:
        """What they have."""
        return [await self.track.balance(reader) for reader in readers]

    async def until(self, meeting: MeetingId, status: MarketStatus) -> None:
        """Let the process go on until its market stands there."""
        async with asyncio.timeout(20):
            while (await self.track.market(meeting)).status is not status:  # noqa: ASYNC110 - another process's
                await asyncio.sleep(0.02)
