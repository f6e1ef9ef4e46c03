"""A watch: look, tell or buy, and sleep until something is heard or a date has come."""

import asyncio
from contextlib import suppress
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from workflows.shared.attention import Progress
from workflows.shared.policies import ATTEMPT, PATIENT
from workflows.shared.search_attributes import ORDER_STATUS
from workflows.shared.steps import Steps
from workflows.watch.activities import OF_WATCHES
from workflows.watch.activities import WatchActivities as Do
from workflows.watch.contracts import NextStep, ToTell, WatchInput, WatchResult, Wish
from workflows.watch.policies import AT_LEAST, CALL_AGAIN, CALL_OFF_WITHIN, CALL_WITHIN, LOOKS_A_RUN

_ENDED = ApplicationError("This watch has come to its end.", type="watch_has_ended")


@workflow.defn(name="Watch")
class WatchWorkflow:
    """What is so stands in the shop's books; this decides only when to look at it. It wakes for a price, for
    a wish of the reader, for the end of a purchase, and at dates: never merely to see.
    """

    @workflow.init
    def __init__(self, watch: WatchInput) -> None:
        self._watch = watch.watch_id
        self._steps = Steps(self._watch, OF_WATCHES)
        self._heard = self._looks = 0
        self._status = ""
        self._called_off = 0  # the attempt whose purchase was told to stop
        self._telling: asyncio.Task[None] | None = None
        self._written = watch.written  # the last notice that went out by mail
        self._told = 0  # the notice that is told, and not yet written down as told; 0: none

    @workflow.run
    async def run(self, watch: WatchInput) -> WatchResult:  # noqa: ARG002 - read in __init__, before messages
        """Until the watch has ended and the reader knows. Cancelling the workflow is ending the watch."""
        story = asyncio.ensure_future(self._to_the_end())
        try:
            result = await asyncio.shield(story)
        except asyncio.CancelledError:
            with suppress(FailureError):  # it has ended meanwhile
                await self._steer("cancel")
            result = await story
        await workflow.wait_condition(workflow.all_handlers_finished)
        if result is None:
            workflow.continue_as_new(WatchInput(self._watch, self._written))
        return result

    # -- the story -----------------------------------------------------------------------------------

    async def _to_the_end(self) -> WatchResult | None:
        """None: the history has grown long."""
        result = None
        while result is None and not self._grown_long:
            result = await self._once()
        await self._note_told()
        return result

    async def _once(self) -> WatchResult | None:
        heard = self._heard  # before the look: what is heard from here on may not be in it
        self._looks += 1
        await self._note_told()
        step = await self._steps.surely("looking at the watch", Do.look, self._watch)
        if step is None:
            return None
        self._show(step)
        if step.then == "end":
            if self._telling is not None:  # what need not be told any more ends by itself
                await self._telling
            return WatchResult(step.words)
        self._begin_to_tell(step.notice)
        if step.then == "call_off" and self._called_off != step.attempt:
            told = await self._steps.patiently(
                Do.call_off, self._watch, False, within=CALL_OFF_WITHIN, slow=True
            )
            self._called_off = step.attempt if told else 0
        await self._listen(heard, step.until)
        return None

    async def _listen(self, heard: int, until: datetime | None) -> None:
        sleep = max(until - workflow.now(), AT_LEAST) if until else None
        try:
            await workflow.wait_condition(
                lambda: self._heard > heard, timeout=sleep, timeout_summary="until its next date"
            )
        except TimeoutError:
            return

    # -- telling, beside the story: no mail server keeps a watch from buying -------------------------

    def _begin_to_tell(self, notice: int) -> None:
        if notice != self._told and (self._telling is None or self._telling.done()):
            self._telling = asyncio.ensure_future(self._tell(ToTell(self._watch, notice)))

    async def _tell(self, told: ToTell) -> None:
        await asyncio.gather(self._write(told), self._call(told))
        self._told = told.notice
        self._heard += 1

    async def _write(self, told: ToTell) -> None:
        if self._written < told.notice:
            await self._steps.letter(Do.write, told)
            self._written = told.notice

    async def _call(self, told: ToTell) -> None:
        with suppress(FailureError):
            await workflow.execute_activity_method(
                Do.call,
                told,
                schedule_to_close_timeout=CALL_WITHIN,
                start_to_close_timeout=ATTEMPT,
                retry_policy=CALL_AGAIN,
            )

    async def _note_told(self) -> None:
        told, self._told = self._told, 0
        if told:
            note = ToTell(self._watch, told)
            await self._steps.surely("writing down that the reader was told", Do.note_told, note)

    # -- messages ------------------------------------------------------------------------------------

    @workflow.signal(name="wake", description="Something changed: look.")
    def wake(self) -> None:
        """A hint only: what changed is looked up."""
        self._heard += 1

    @workflow.update(name="pause", description="Neither buy nor tell until it is resumed.")
    async def pause(self) -> Progress:
        """On the reader's behalf."""
        return await self._steer("pause")

    @workflow.update(name="resume", description="Watch again.")
    async def resume(self) -> Progress:
        """On the reader's behalf."""
        return await self._steer("resume")

    @workflow.update(name="cancel", description="End the watch; a purchase is called off if it can be.")
    async def cancel(self) -> Progress:
        """On the reader's behalf."""
        return await self._steer("cancel")

    @workflow.update(name="veto", description="Do not buy this time.")
    async def veto(self) -> Progress:
        """On the reader's behalf."""
        return await self._steer("veto")

    @pause.validator
    def _can_pause(self) -> None:
        self._require_open()

    @resume.validator
    def _can_resume(self) -> None:
        self._require_open()

    @cancel.validator
    def _can_cancel(self) -> None:
        self._require_open()

    @veto.validator
    def _can_veto(self) -> None:
        self._require_open()
        if self._status != "awaiting_veto":
            raise ApplicationError("This watch is not about to buy anything.", type="nothing_to_veto")

    @workflow.update(name="retry", description="Operator: try the parked step again.")
    async def retry(self) -> Progress:
        """The cause has been dealt with."""
        self._steps.retry()
        return self.progress()

    @retry.validator
    def _is_parked(self) -> None:
        self._steps.require_parked()

    @workflow.query(name="progress", description="Where the watch is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- small things --------------------------------------------------------------------------------

    async def _steer(self, verb: str) -> Progress:
        await workflow.execute_activity_method(
            Do.steer, Wish(self._watch, verb), start_to_close_timeout=ATTEMPT, retry_policy=PATIENT
        )
        self._heard += 1
        return self.progress()

    @property
    def _grown_long(self) -> bool:
        return self._looks >= LOOKS_A_RUN or workflow.info().is_continue_as_new_suggested()

    def _require_open(self) -> None:
        if self._status == "ended":
            raise _ENDED

    def _show(self, step: NextStep) -> None:
        self._steps.say(step.status, step.words)
        if step.status != self._status:
            self._status = step.status
            workflow.upsert_search_attributes([ORDER_STATUS.value_set(step.status)])
