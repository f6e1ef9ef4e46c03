"""A store's prices are kept fresh, batch by batch, for as long as the store is described."""

from typing import NoReturn

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from application.prices.refreshing.batch import Batch, Ending
from workflows.refresh.activities import RefreshActivities as Do
from workflows.refresh.contracts import (
    NOTHING_TO_RESUME,
    STOPPED_ALREADY,
    BatchOrder,
    Note,
    RefreshInput,
    Standing,
    Stop,
)
from workflows.refresh.policies import AGAIN, BATCH, BATCH_WITHIN, BATCHES, REFUSED_FOR, SILENCE
from workflows.refresh.words import details, state_of, stopped
from workflows.shared.search_attributes import STORE_STATE

_OVER = frozenset({Ending.GONE, Ending.OFF})


@workflow.defn(name="Refresh")
class RefreshWorkflow:
    """Asks for some minutes, shows how that went, and asks again; rests while somebody wants it to."""

    @workflow.init
    def __init__(self, refresh: RefreshInput) -> None:
        self._store = refresh.store
        self._stop = refresh.stop
        self._last = refresh.last
        self._readmit = False
        self._in_batch = False
        self._shown = ""

    @workflow.run
    async def run(self, refresh: RefreshInput) -> str:  # noqa: ARG002 - read in __init__, before messages
        """Why it is over."""
        for _ in range(BATCHES):
            await self._while_stopped()
            batch = await self._batch()
            if batch is None:
                await self._rest()
            elif batch.ending in _OVER:
                await workflow.wait_condition(workflow.all_handlers_finished)
                return batch.ending.value
            elif batch.ending is Ending.REFUSED:
                await self._until_a_person_has_looked()
            if workflow.info().is_continue_as_new_suggested():
                break
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._anew()

    # -- the story -----------------------------------------------------------------------------------

    async def _while_stopped(self) -> None:
        if self._stop is not None:
            self._show()
            await workflow.wait_condition(lambda: self._stop is None)

    async def _batch(self) -> Batch | None:
        """None: nothing came of it."""
        self._in_batch = True
        self._show()
        order = BatchOrder(self._store, BATCH.total_seconds(), self._readmit)
        self._readmit = False
        asking = workflow.start_activity_method(
            Do.refresh,
            order,
            start_to_close_timeout=BATCH_WITHIN,
            heartbeat_timeout=SILENCE,
            retry_policy=AGAIN,
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )
        await workflow.wait_condition(lambda: asking.done() or self._stops_at_once)
        asking.cancel()  # what is over takes no notice
        try:
            self._last = await asking
        except ActivityError:
            return None
        finally:
            self._in_batch = False
            self._show()
        return self._last

    async def _rest(self) -> None:
        """Unless it was stopped before it had begun, a mistake of ours broke it off, and will again."""
        if self._stop is None:
            await workflow.sleep(BATCH, summary="the batch broke off")

    async def _until_a_person_has_looked(self) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._readmit, timeout=REFUSED_FOR, timeout_summary="then it is tried once"
            )
        except TimeoutError:
            return

    # -- messages ------------------------------------------------------------------------------------

    @workflow.update(name="pause", description="Operator: leave this store alone at once; say why.")
    def pause(self, note: Note) -> Standing:
        """In the middle of a batch, if need be."""
        return self._stopped(Stop(_sentence(note.note), at_once=True))

    @pause.validator
    def _can_be_paused(self, note: Note) -> None:
        _require_words(note)
        if self._stop is not None and self._stop.at_once:
            raise ApplicationError("It is paused already.", type=STOPPED_ALREADY)

    @workflow.update(name="drain", description="Operator: no more batches after this one; say why.")
    def drain(self, note: Note) -> Standing:
        """The batch goes on to its end."""
        return self._stopped(Stop(_sentence(note.note), at_once=False))

    @drain.validator
    def _can_be_drained(self, note: Note) -> None:
        _require_words(note)
        if self._stop is not None:
            raise ApplicationError("It is paused already.", type=STOPPED_ALREADY)

    @workflow.update(name="resume", description="Operator: ask this store again.")
    def resume(self) -> Standing:
        """Also one that refused us: its account is in order now."""
        self._readmit = self._refuses
        self._stop = None
        self._show()
        return self.standing()

    @resume.validator
    def _can_be_resumed(self) -> None:
        if self._stop is None and not self._refuses:
            raise ApplicationError("Nobody stopped it.", type=NOTHING_TO_RESUME)

    @workflow.query(name="standing", description="How the store does, and how it is asked.")
    def standing(self) -> Standing:
        """For people and dashboards."""
        return Standing(*self._state(), self._last)

    # -- small things --------------------------------------------------------------------------------

    def _anew(self) -> NoReturn:
        workflow.continue_as_new(RefreshInput(self._store, self._stop, self._last))

    @property
    def _stops_at_once(self) -> bool:
        return self._stop is not None and self._stop.at_once

    @property
    def _refuses(self) -> bool:
        return self._last is not None and self._last.ending is Ending.REFUSED

    def _stopped(self, stop: Stop) -> Standing:
        self._stop = stop
        self._show()
        return self.standing()

    def _state(self) -> tuple[str, str]:
        if self._stop is not None:
            return stopped(self._stop, in_batch=self._in_batch)
        return state_of(self._last)

    def _show(self) -> None:
        state, words = self._state()
        workflow.set_current_details(details(state, words, self._last))
        if state != self._shown:
            self._shown = state
            workflow.upsert_search_attributes([STORE_STATE.value_set(state)])


def _require_words(note: Note) -> None:
    if not note.note.strip():
        raise ApplicationError("Say in the note why.", type="invalid_input")


def _sentence(note: str) -> str:
    return f"{note.strip().rstrip('.')}."
