"""A price cheap beyond belief, until somebody has said what it is."""

from datetime import timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from workflows.shared.attention import Progress
from workflows.shared.policies import ATTEMPT, PATIENT
from workflows.shared.steps import Steps
from workflows.suspicion.activities import SuspicionActivities as Do
from workflows.suspicion.contracts import Decision, Suspicion, SuspicionResult, Word
from workflows.suspicion.policies import ANSWER_WITHIN, ASK_AGAIN_AFTER, ASK_EVERY, DECIDED_WITHIN

WAITING = "waiting"
_ENDS = {
    "confirmed": "The store said it twice: it is believed.",
    "gone": "The store says something else by now.",
    "approved": "Staff says that it is a bargain.",
    "rejected": "Staff says that it is a mistake.",
}


@workflow.defn(name="Suspicion")
class SuspicionWorkflow:
    """Wait for staff's word; after a while, ask the store again. Whoever speaks first ends it."""

    @workflow.init
    def __init__(self, suspicion: Suspicion) -> None:
        self._suspicion = suspicion
        self._steps = Steps(suspicion.suspicion_id)
        self._standing = WAITING
        self._heard = False

    @workflow.run
    async def run(self, suspicion: Suspicion) -> SuspicionResult:
        """What became of it."""
        self._steps.say(WAITING, f"{suspicion.words} Updates: `approve`, `reject`.")
        pause = ASK_AGAIN_AFTER
        while self._standing == WAITING:
            await self._listen(pause)
            if self._standing == WAITING:
                self._standing = await self._ask()
            pause = ASK_EVERY
        self._steps.say(self._standing, f"{suspicion.words} {_ENDS.get(self._standing, '')}")
        await workflow.wait_condition(workflow.all_handlers_finished)
        return SuspicionResult(self._standing)

    # -- messages ------------------------------------------------------------------------------------

    @workflow.update(name="approve", description='Staff: it is a bargain. {"by": "<your user id>"}')
    async def approve(self, word: Word) -> SuspicionResult:
        """From the next comparison on it is told as any other."""
        return await self._decide(word, believed=True)

    @approve.validator
    def _can_be_approved(self, word: Word) -> None:
        self._require_waiting(word)

    @workflow.update(name="reject", description='Staff: it is a mistake. {"by": "<your user id>"}')
    async def reject(self, word: Word) -> SuspicionResult:
        """It is never the best, whatever the store says."""
        return await self._decide(word, believed=False)

    @reject.validator
    def _can_be_rejected(self, word: Word) -> None:
        self._require_waiting(word)

    @workflow.signal(name="news", description="Somebody decided elsewhere: look.")
    def news(self) -> None:
        """A hint only."""
        self._heard = True

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- how -----------------------------------------------------------------------------------------

    async def _listen(self, pause: timedelta) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._heard or self._standing != WAITING,
                timeout=pause,
                timeout_summary="until the store is asked again",
            )
        except TimeoutError:
            return
        self._heard = False

    async def _ask(self) -> str:
        asked = await self._steps.patiently(
            Do.ask, self._suspicion.suspicion_id, WAITING, within=ANSWER_WITHIN, slow=True
        )
        return asked if self._standing == WAITING else self._standing

    async def _decide(self, word: Word, *, believed: bool) -> SuspicionResult:
        self._standing = await workflow.execute_activity_method(
            Do.decide,
            Decision(self._suspicion.suspicion_id, word.by, believed),
            start_to_close_timeout=ATTEMPT,
            schedule_to_close_timeout=DECIDED_WITHIN,
            retry_policy=PATIENT,
        )
        return SuspicionResult(self._standing)

    def _require_waiting(self, word: Word) -> None:
        if self._standing != WAITING:
            raise ApplicationError("What it is has been said already.", type="not_waiting")
        try:
            UUID(word.by)
        except ValueError:
            raise ApplicationError("Say in `by` who decides: your user id.", type="invalid_input") from None
