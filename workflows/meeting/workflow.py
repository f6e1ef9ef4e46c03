"""A meeting and the bets on it, from the first day to the last point."""

from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from workflows.meeting.activities import OF_MEETINGS
from workflows.meeting.activities import MeetingActivities as Do
from workflows.meeting.contracts import (
    NOTHING_TO_DISPUTE,
    Dispute,
    MeetingInput,
    MeetingResult,
    Ruling,
    Shard,
    Stand,
    ToEnd,
)
from workflows.meeting.policies import LOOK_EVERY, SURELY_AFTER
from workflows.shared.attention import Progress
from workflows.shared.failures import cause_of
from workflows.shared.policies import ATTEMPT, PATIENCE, PATIENT
from workflows.shared.search_attributes import ORDER_STATUS
from workflows.shared.steps import Steps


@workflow.defn(name="Meeting")
class MeetingWorkflow:
    """Bets are open, are locked, wait for the meeting, are proposed, may be disputed, are settled or void."""

    @workflow.init
    def __init__(self, meeting: MeetingInput) -> None:
        self._meeting = meeting.meeting_id
        self._steps = Steps(self._meeting, OF_MEETINGS)
        self._heard = 0
        self._disputable = False

    @workflow.run
    async def run(self, meeting: MeetingInput) -> MeetingResult:
        """From the first day to the last point."""
        await self._until_locked(meeting)
        await self._until_over()
        await self._steps.surely("proposing who won", Do.propose, self._meeting)
        ended = await self._until_settled()
        self._stage("over", "Every market has ended.")
        await workflow.wait_condition(workflow.all_handlers_finished)
        return MeetingResult(ended.settled + ended.voided, ended.settled, ended.voided)

    # -- the story -----------------------------------------------------------------------------------

    async def _until_locked(self, meeting: MeetingInput) -> None:
        while True:
            heard = self._heard
            stand = await self._watch()
            if stand.locked or stand.over:
                return
            self._stage(
                "open", f"Bets are open until {stand.locks_at:%d %B %Y %H:%M} UTC, or the first finish."
            )
            await self._listen(heard, stand.locks_at)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(meeting)

    async def _until_over(self) -> None:
        """Until a host says that all is told, or it is too late to tell."""
        while True:
            heard = self._heard
            stand = await self._watch()
            if stand.over or workflow.now() >= stand.evidence_until:
                return
            self._stage("locked", f"Bets are locked; the meeting is on {stand.starts_at:%d %B %Y %H:%M} UTC.")
            await self._listen(heard, stand.evidence_until)

    async def _until_settled(self) -> ToEnd:
        self._disputable = True
        while True:
            heard = self._heard
            left = await self._end_due()
            again = left.look_again_at
            if again is None:
                self._disputable = False
                return left
            self._stage("proposed", f"Results are proposed; they stand on {again:%d %B %Y %H:%M} UTC.")
            await self._listen(heard, again)

    async def _watch(self) -> Stand:
        stand = await self._steps.surely("looking after the bets", Do.watch, self._meeting)
        assert stand is not None  # noqa: S101 - nobody does this by hand
        await self._end_due()
        return stand

    async def _end_due(self) -> ToEnd:
        """End what is due; what is left then is in the books, and nowhere else: a step may have been taken
        and its answer lost.
        """
        while True:
            due = await self._steps.surely("seeing what is due", Do.see_due, self._meeting)
            assert due is not None  # noqa: S101 - nobody does this by hand
            if not due.markets:
                return due
            for market in due.markets:
                await self._end(market)

    async def _end(self, market: str) -> None:
        self._stage("settling", "Paying the winners, or giving every stake back.")
        await self._steps.surely("reversing what was paid wrongly", Do.reverse, market)
        shards = await self._steps.surely("beginning to end a market", Do.begin, market)
        for shard in range(shards or 0):
            await self._steps.surely("paying bettors", Do.pay, Shard(market, shard))
        await self._steps.surely("ending a market", Do.finish, market)

    async def _listen(self, heard: int, until: datetime) -> None:
        left = min(until - workflow.now() + SURELY_AFTER, LOOK_EVERY)
        try:
            await workflow.wait_condition(
                lambda: self._heard > heard, timeout=left, timeout_summary="time to look again"
            )
        except TimeoutError:
            return

    # -- messages ------------------------------------------------------------------------------------

    @workflow.signal(name="news", description="The meeting or those who read for it moved: look again.")
    def news(self) -> None:
        """A hint only."""
        self._heard += 1

    @workflow.update(name="dispute", description="A member objects to a proposed result.")
    async def dispute(self, dispute: Dispute) -> None:
        """Noted in the books before it is answered."""
        await self._note(Do.dispute, dispute)

    @dispute.validator
    def _can_be_disputed(self, dispute: Dispute) -> None:  # noqa: ARG002 - Temporal hands it over
        self._require_disputable()

    @workflow.update(name="rule", description="A host or staff decides a proposed result.")
    async def rule(self, ruling: Ruling) -> None:
        """Noted in the books before it is answered; carried out at once."""
        await self._note(Do.rule, ruling)

    @rule.validator
    def _can_be_ruled(self, ruling: Ruling) -> None:
        self._require_disputable()
        if ruling.winners is not None and not ruling.winners:
            raise ApplicationError("Name who won, or nobody at all where it is void.", type="invalid_input")

    @workflow.update(name="retry", description="Operator: try the parked step again.")
    async def retry(self) -> Progress:
        """The cause has been dealt with."""
        self._steps.retry()
        return self.progress()

    @retry.validator
    def _is_parked(self) -> None:
        self._steps.require_parked()

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- small things --------------------------------------------------------------------------------

    async def _note(self, step: object, given: Dispute | Ruling) -> None:
        try:
            await workflow.execute_activity_method(
                step,  # type: ignore[arg-type] # one of the two above
                given,
                start_to_close_timeout=ATTEMPT,
                schedule_to_close_timeout=PATIENCE,
                retry_policy=PATIENT,
            )
        except ActivityError as error:
            raise cause_of(error) from error
        self._heard += 1

    def _require_disputable(self) -> None:
        if not self._disputable:
            raise ApplicationError("There is no proposed result now.", type=NOTHING_TO_DISPUTE)

    def _stage(self, stage: str, words: str) -> None:
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(stage)])
        self._steps.say(stage, words)
