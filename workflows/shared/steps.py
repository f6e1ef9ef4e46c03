"""How a process takes a step: at once if it can, patiently if it must, with a person's help at last."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

from workflows.shared.attention import OF_ORDERS, Attention, Progress, Sentence
from workflows.shared.failures import cause_of, code_of, final_code, was_not_picked_up
from workflows.shared.policies import (
    ATTEMPT,
    MAIL_PATIENCE,
    NOT_PICKED_UP,
    ONCE,
    PATIENCE,
    PATIENT,
    QUICK,
)
from workflows.shared.search_attributes import NEEDS_ATTENTION

Given = TypeVar("Given")
Got = TypeVar("Got")
Step = Callable[[Any, Given], Awaitable[Got]]


class Steps:
    """The steps of one process, and what people see of them: `attention` writes into the story of the thing
    whose process it is.
    """

    def __init__(self, subject_id: str, attention: Attention = OF_ORDERS) -> None:
        self._subject_id = subject_id
        self._attention = attention
        self._stage, self._words = "starting", "Starting."
        self._parked: str | None = None
        self._decision: str | None = None
        self._by_hand = False
        self.settled = False

    async def at_once(
        self, step: Step[Given, Got], given: Given, *, expected: Collection[str] = ()
    ) -> Got | None:
        """Try once, here and now. None: it is not known whether it happened. `expected` error codes and those
        of rules are raised.
        """
        try:
            return await self._here_and_now(step, given)
        except FailureError as error:
            if final_code(error) is not None or code_of(error) in expected:
                raise
            return None

    async def once(
        self,
        step: Step[Given, Got],
        given: Given,
        *,
        within: timedelta,
        expected: Collection[str] = (),
    ) -> Got | None:
        """Try once and never again, for as long as `within`: what must not happen twice and takes its time.
        None: it is not known whether it happened. `expected` error codes are raised: they say it did not.
        """
        while True:
            try:
                return await workflow.execute_activity_method(
                    step,
                    given,
                    schedule_to_start_timeout=NOT_PICKED_UP,
                    start_to_close_timeout=within,
                    retry_policy=ONCE,
                )
            except ActivityError as error:
                if was_not_picked_up(error):
                    continue
                if code_of(error) in expected:
                    raise
                return None

    async def patiently(
        self,
        step: Step[Given, Got],
        given: Given,
        otherwise: Got,
        *,
        within: timedelta = PATIENCE,
        slow: bool = False,
    ) -> Got:
        """Ask, at once (unless the answer is known to be `slow`) and then for a while; `otherwise` when
        nothing came of it.
        """
        try:
            if not slow:
                return await self._here_and_now(step, given)
        except FailureError as error:
            if final_code(error) is not None:
                return otherwise
        return await self._in_the_end(step, given, otherwise, within)

    async def surely(
        self,
        what: str,
        step: Step[Given, Got],
        given: Given,
        *,
        expected: Collection[str] = (),
        by_hand: bool = False,
    ) -> Got | None:
        """Until it is done, however long it takes. None: an operator settled it by hand.

        An `expected` error code is raised; any other rule that says no is for a person to look at. Only what
        is done in the world outside can be done `by_hand`: nobody else can keep the shop's own books.
        """
        self.settled = False
        tries = (self._here_and_now, self._for_long)
        while True:
            trouble = ""
            for attempt in tries:
                try:
                    return await attempt(step, given)
                except FailureError as error:
                    if final_code(error) in expected:
                        raise
                    trouble = str(cause_of(error))
                    if final_code(error) is not None:
                        break
            await self.ask_an_operator(f"{what} did not succeed ({trouble})", by_hand=by_hand)
            if self.settled:
                return None

    async def insist(
        self, what: str, step: Step[Given, str | None], note: Step[Given, None], given: Given
    ) -> None:
        """A step that may be refused, in words: what then is for a person to decide. `note` writes down what
        was done by hand.
        """
        while refusal := await self.surely(what, step, given, by_hand=True):
            await self.ask_an_operator(f"{what} is refused: {refusal}")
            if self.settled:
                break
        if self.settled:
            await self.surely(f"writing down that {what} was done by hand", note, given)

    async def letter(self, step: Step[Given, None], given: Given) -> None:
        """A mail: worth a day of trying, not worth keeping the order open for longer. Never in a hurry: a
        mail server that takes its time would get it twice.
        """
        await self._in_the_end(step, given, None, MAIL_PATIENCE)

    # -- a person's help -----------------------------------------------------------------------------

    async def ask_an_operator(self, trouble: str, *, by_hand: bool = True) -> None:
        """Park until an operator says `retry` or `settle`; then `settled` tells which."""
        self._parked, self._decision, self.settled, self._by_hand = trouble, None, False, by_hand
        self._show()
        workflow.upsert_search_attributes([NEEDS_ATTENTION.value_set(True)])
        await self._for_ever(self._attention.park, Sentence(self._subject_id, trouble))
        await workflow.wait_condition(lambda: self._decision is not None)
        await self._for_ever(self._attention.resume, Sentence(self._subject_id, str(self._decision)))
        self._parked = None
        workflow.upsert_search_attributes([NEEDS_ATTENTION.value_set(False)])
        self._show()

    def retry(self) -> None:
        """Operator: the cause is dealt with."""
        self._decision, self.settled = "Staff dealt with it; trying again.", False

    def settle(self, note: str) -> None:
        """Operator: it was done by hand."""
        self._decision, self.settled = f"Staff settled it by hand: {note}", True

    def require_parked(self) -> None:
        """For validators: there must be something to decide."""
        if self._parked is None or self._decision is not None:
            raise ApplicationError("Nothing is parked here: there is nothing to decide.", type="not_parked")

    def require_settleable(self, note: str) -> None:
        """For validators: there must be something that a hand can do, and a word about how it was done."""
        self.require_parked()
        if not self._by_hand:
            words = "Only the shop itself can do this step: put right what keeps it from it, then `retry`."
            raise ApplicationError(words, type="not_settleable")
        if not note.strip():
            raise ApplicationError("Say in the note what was done by hand.", type="invalid_input")

    # -- what people see -----------------------------------------------------------------------------

    def say(self, stage: str, words: str) -> None:
        """Where the process is, for the Temporal UI and the query."""
        self._stage, self._words = stage, words
        self._show()

    def progress(self) -> Progress:
        """The same as a value."""
        return Progress(self._stage, self._words, self._parked)

    def _show(self) -> None:
        trouble = self._parked.rstrip(".") if self._parked else ""  # others' sentences may end in a full stop
        updates = "`retry`, `settle`" if self._by_hand else "`retry`"
        parked = f"\n\n**Needs a person:** {trouble}. Updates: {updates}." if trouble else ""
        workflow.set_current_details(f"**{self._stage}** {self._words}{parked}")

    # -- how -----------------------------------------------------------------------------------------

    async def _here_and_now(self, step: Step[Given, Got], given: Given) -> Got:
        return await workflow.execute_local_activity_method(
            step, given, schedule_to_close_timeout=QUICK, retry_policy=ONCE
        )

    async def _in_the_end(
        self, step: Step[Given, Got], given: Given, otherwise: Got, within: timedelta
    ) -> Got:
        try:
            return await self._for_long(step, given, within)
        except FailureError:
            return otherwise

    async def _for_long(self, step: Step[Given, Got], given: Given, within: timedelta = PATIENCE) -> Got:
        while True:
            try:
                return await workflow.execute_activity_method(
                    step,
                    given,
                    schedule_to_start_timeout=min(NOT_PICKED_UP, within),
                    start_to_close_timeout=ATTEMPT,
                    schedule_to_close_timeout=within,
                    retry_policy=PATIENT,
                )
            except ActivityError as error:
                if not was_not_picked_up(error):
                    raise

    async def _for_ever(self, step: Step[Given, None], given: Given) -> None:
        await workflow.execute_activity_method(
            step, given, start_to_close_timeout=ATTEMPT, retry_policy=PATIENT
        )
