"""A checkout, from the held books to the reader's shelf."""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

with workflow.unsafe.imports_passed_through():
    from workflows.checkout.activities import CheckoutActivities as Do
    from workflows.checkout.contracts import (
        ORDER_STATUS,
        TOO_LATE,
        Checkout,
        CheckoutResult,
        Confirmation,
        Letter,
        NoBooks,
        PaymentAnswer,
    )
    from workflows.checkout.policies import (
        ASK_FIRST,
        ASK_FOR,
        ASK_SLOWEST,
        FOLLOW_FIRST,
        FOLLOW_GROWS,
        FOLLOW_SLOWEST,
    )
    from workflows.shared.attention import AttentionActivities, Progress, Sentence, Settlement
    from workflows.shared.saga import Saga
    from workflows.shared.steps import Steps


_SILENT = "The payment provider did not answer; we are asking it what happened."


class _EndsWithoutBooks(Exception):
    def __init__(self, ending: str, reason: str) -> None:
        super().__init__(reason)
        self.ending = ending
        self.reason = reason


@workflow.defn(name="Checkout")
class CheckoutWorkflow:
    """Authorise, confirm, ship, capture, deliver; undo all of it when that cannot be."""

    @workflow.init
    def __init__(self, checkout: Checkout) -> None:
        self._order = checkout.order_id
        self._checkout = checkout
        self._saga = Saga()
        self._steps = Steps(checkout.order_id)
        self._letters: list[asyncio.Task[None]] = []
        self._cancel_asked = False
        self._too_late = False
        self._news = 0
        self._result: CheckoutResult | None = None

    @workflow.run
    async def run(self, checkout: Checkout) -> CheckoutResult:  # noqa: ARG002 - read in __init__, before messages
        """Cancelling the workflow is asking for a cancellation: the story decides whether it still can."""
        story = asyncio.ensure_future(self._to_the_end())
        try:
            await asyncio.shield(story)
        except asyncio.CancelledError:
            self._cancel_asked = not self._too_late
            await story
        await asyncio.gather(*self._letters)
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self._result is not None  # noqa: S101 - both ends of the story set it
        return self._result

    # -- the story -----------------------------------------------------------------------------------

    async def _to_the_end(self) -> None:
        try:
            payment = await self._authorise()
            await self._confirm(payment)
            if not self._checkout.digital:
                await self._send_the_parcel()
            self._no_way_back()
            await self._capture()
            if not self._checkout.digital:
                await self._parcel_arrives()
            await self._steps.surely("completing the order", Do.deliver, self._order)
            self._end(CheckoutResult("completed"))
        except _EndsWithoutBooks as end:
            self._steps.say("undoing", f"Undoing: {end.reason}")
            await self._saga.compensate()
            no_books = NoBooks(self._order, end.ending, end.reason)
            ending = await self._steps.surely("ending the order", Do.end, no_books)
            self._write("ended")
            self._end(CheckoutResult(ending or end.ending, end.reason))

    async def _authorise(self) -> PaymentAnswer:
        self._steps.say("authorising", "Asking the payment provider to reserve the money.")
        self._saga.on_failure(self._let_go_of_the_payment)
        answer = await self._steps.at_once(Do.authorise, self._order)
        if answer is None:
            answer = await self._ask_what_happened()
        if answer.kind == "action_required":
            answer = await self._bank_confirms(answer)
        if answer.kind != "authorised":
            raise _EndsWithoutBooks("declined", answer.message or "The payment was declined.")
        self._stop_if_cancelled()
        return answer

    async def _ask_what_happened(self) -> PaymentAnswer:
        """The provider did not answer. Asking has no effect; authorising again might have a second one."""
        self._steps.say("asking", "The payment provider did not answer; asking what became of it.")
        await self._steps.at_once(AttentionActivities.tell_of_retry, Sentence(self._order, _SILENT))
        deadline, pause = workflow.now() + ASK_FOR, ASK_FIRST
        while workflow.now() < deadline:
            answer = await self._ask(otherwise=PaymentAnswer("unknown"))
            if answer.kind != "unknown":
                return answer
            await workflow.sleep(pause, summary="before asking again")
            pause = min(pause * 2, ASK_SLOWEST)
        return PaymentAnswer(
            "declined", message="The payment provider did not answer; nothing was charged. Please try again."
        )

    async def _bank_confirms(self, answer: PaymentAnswer) -> PaymentAnswer:
        self._steps.say("3-D Secure", "Waiting for the reader to confirm with the bank.")
        await self._steps.surely(
            "showing the bank's page", Do.await_action, Confirmation(self._order, answer)
        )
        while answer.kind in {"action_required", "unknown"}:
            heard = self._news
            left = self._checkout.hold_expires_at - workflow.now()
            if left <= timedelta(0):
                raise _EndsWithoutBooks("expired", "The payment was not confirmed in time.")
            await self._hear(heard, left)
            self._stop_if_cancelled()
            answer = await self._ask(otherwise=answer)
        return answer

    async def _ask(self, *, otherwise: PaymentAnswer) -> PaymentAnswer:
        return await self._steps.patiently(Do.ask, self._order, otherwise, within=ASK_FOR)

    async def _confirm(self, payment: PaymentAnswer) -> None:
        try:
            await self._steps.surely(
                "confirming the order",
                Do.confirm,
                Confirmation(self._order, payment),
                expected={"out_of_stock"},
            )
        except FailureError as error:
            reason = "The books were gone when the payment was confirmed; nothing was charged."
            raise _EndsWithoutBooks("cancelled", reason) from error
        self._write("confirmed")
        self._stop_if_cancelled()

    async def _send_the_parcel(self) -> None:
        self._steps.say("booking", "Asking the carrier to collect the parcel.")
        self._status("confirmed")
        self._saga.on_failure(self._call_off_the_parcel)
        refusal = await self._steps.surely("booking the parcel", Do.book_parcel, self._order)
        if refusal:
            raise _EndsWithoutBooks("cancelled", f"The carrier cannot bring it: {refusal}")
        self._steps.say("waiting for collection", "The parcel is booked; waiting until the carrier takes it.")
        status = await self._parcel_is_in({"dispatched", "delivered", "cancelled"}, cancellable=True)
        if status == "cancelled":
            raise _EndsWithoutBooks("cancelled", "The carrier called the parcel off; nothing was charged.")
        self._no_way_back()
        await self._steps.surely("taking the books out of stock", Do.dispatch, self._order)
        self._write("dispatched")

    async def _capture(self) -> None:
        self._steps.say("capturing", "Taking the reserved money.")
        refusal = await self._steps.surely("taking the payment", Do.capture, self._order)
        while refusal:
            await self._steps.ask_an_operator(f"the provider refuses the capture: {refusal}")
            if self._steps.settled:
                return
            refusal = await self._steps.surely("taking the payment", Do.capture, self._order)

    async def _parcel_arrives(self) -> None:
        self._steps.say("on its way", "The parcel has left and the money is taken; waiting for delivery.")
        status = await self._parcel_is_in({"delivered", "cancelled"}, cancellable=False)
        if status == "cancelled":
            await self._steps.ask_an_operator("the carrier called off a parcel that had left")

    async def _parcel_is_in(self, wanted: set[str], *, cancellable: bool) -> str:
        pause = FOLLOW_FIRST
        while True:
            heard = self._news
            status: str | None = await self._steps.patiently(Do.follow_parcel, self._order, None)
            if status in wanted:
                return str(status)
            if cancellable and self._cancel_asked and await self._called_off():
                raise _EndsWithoutBooks("cancelled", "You cancelled the order; nothing was charged.")
            await self._hear(heard, pause)
            pause = min(pause * FOLLOW_GROWS, FOLLOW_SLOWEST)

    async def _called_off(self) -> bool:
        off: bool | None = await self._steps.surely("calling off the parcel", Do.call_off_parcel, self._order)
        if not off:
            self._no_way_back()
        return bool(off)

    # -- undoing -------------------------------------------------------------------------------------

    async def _let_go_of_the_payment(self) -> None:
        await self._steps.surely("letting go of the payment", Do.abandon, self._order)

    async def _call_off_the_parcel(self) -> None:
        await self._steps.surely("calling off the parcel", Do.call_off_parcel, self._order)

    # -- messages ------------------------------------------------------------------------------------

    @workflow.update(name="cancel", description="Call the order off, if the parcel has not left yet.")
    async def cancel(self) -> CheckoutResult:
        """Answers when it is decided."""
        self._cancel_asked = True
        await workflow.wait_condition(lambda: self._result is not None or not self._cancel_asked)
        if self._result is None or self._result.status == "completed":
            raise ApplicationError("The order can no longer be cancelled.", type=TOO_LATE)
        return self._result

    @cancel.validator
    def _can_be_cancelled(self) -> None:
        if self._too_late or self._result is not None:
            raise ApplicationError("The order can no longer be cancelled.", type=TOO_LATE)

    @workflow.update(name="retry", description="Operator: try the parked step again.")
    async def retry(self) -> Progress:
        """The cause has been dealt with."""
        self._steps.retry()
        return self.progress()

    @retry.validator
    def _is_parked(self) -> None:
        self._steps.require_parked()

    @workflow.update(name="settle", description="Operator: the parked step was done by hand; go on.")
    async def settle(self, settlement: Settlement) -> Progress:
        """Say in `note` what was done; it goes into the order's story."""
        self._steps.settle(settlement.note)
        return self.progress()

    @settle.validator
    def _can_be_settled(self, settlement: Settlement) -> None:
        self._steps.require_parked()
        if not settlement.note.strip():
            raise ApplicationError("Say in the note what was done by hand.", type="invalid_input")

    @workflow.signal(name="news", description="Payment provider or carrier has news: ask them.")
    def news(self) -> None:
        """A hint only."""
        self._news += 1

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- small things --------------------------------------------------------------------------------

    def _no_way_back(self) -> None:
        self._too_late, self._cancel_asked = True, False

    async def _hear(self, heard: int, at_most: timedelta) -> None:
        try:
            await workflow.wait_condition(
                lambda: self._news > heard or self._cancel_asked,
                timeout=at_most,
                timeout_summary="no news: ask anyway",
            )
        except TimeoutError:
            return

    def _stop_if_cancelled(self) -> None:
        if self._cancel_asked:
            raise _EndsWithoutBooks("cancelled", "You cancelled the order; nothing was charged.")

    def _write(self, kind: str) -> None:
        letter = self._steps.letter(Do.write, Letter(self._order, kind))
        self._letters.append(asyncio.ensure_future(letter))

    def _status(self, status: str) -> None:
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(status)])

    def _end(self, result: CheckoutResult) -> None:
        self._result = result
        self._status(result.status)
        self._steps.say(result.status, result.reason or "Paid and delivered.")
