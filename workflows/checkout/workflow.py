"""A checkout, from the held books to the reader's shelf."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from workflows.checkout.activities import CheckoutActivities as Do
from workflows.checkout.contracts import (
    TOO_LATE,
    Checkout,
    CheckoutResult,
    Confirmation,
    Letter,
    NoBooks,
    PaymentAnswer,
)
from workflows.checkout.parcel import Parcel
from workflows.checkout.payment import Payment
from workflows.shared.attention import Progress, Settlement
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.saga import Saga
from workflows.shared.search_attributes import ORDER_STATUS
from workflows.shared.steps import Steps

_GONE = "The books were gone when the payment was confirmed; nothing was charged."


@workflow.defn(name="Checkout")
class CheckoutWorkflow:
    """Authorise, confirm, ship, capture, deliver; undo all of it when that cannot be."""

    @workflow.init
    def __init__(self, checkout: Checkout) -> None:
        self._order = checkout.order_id
        self._digital = checkout.digital
        self._ear = Ear()
        self._saga = Saga()
        self._steps = Steps(checkout.order_id)
        self._payment = Payment(checkout, self._steps, self._saga, self._ear)
        self._parcel = Parcel(checkout, self._steps, self._saga, self._ear)
        self._written: set[str] = set()
        self._letters: asyncio.Future[None] | None = None
        self._result: CheckoutResult | None = None

    @workflow.run
    async def run(self, checkout: Checkout) -> CheckoutResult:  # noqa: ARG002 - read in __init__, before messages
        """Cancelling the workflow is asking for a cancellation: the story decides whether it still can."""
        story = asyncio.ensure_future(self._to_the_end())
        try:
            await asyncio.shield(story)
        except asyncio.CancelledError:
            self._ear.ask_to_cancel()
            await story
        if self._letters:
            await self._letters
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self._result is not None  # noqa: S101 - both ends of the story set it
        return self._result

    # -- the story -----------------------------------------------------------------------------------

    async def _to_the_end(self) -> None:
        while True:
            try:
                return await self._bring_the_books()
            except EndsWithoutBooks as end:
                if await self._way_back():
                    return await self._undo(end)
                if self._ear.too_late:
                    await self._steps.ask_an_operator(f"it is too late to undo the order, but: {end.reason}")
                # A worker that died had gone further than this one remembers: the order is carried through.
                self._ear.no_way_back()

    async def _bring_the_books(self) -> None:
        payment = await self._payment.authorise()
        await self._confirm(payment)
        if not self._digital:
            self._status("confirmed")
            await self._parcel.leaves()
            self._write("dispatched")
        self._ear.no_way_back()
        await self._payment.capture()
        if not self._digital:
            await self._parcel.arrives()
        await self._steps.surely("completing the order", Do.deliver, self._order)
        self._end(CheckoutResult("completed"))

    async def _way_back(self) -> bool:
        """True also where an operator says that it was called off by hand."""
        answer = await self._steps.surely("calling off the order", Do.call_off, self._order, by_hand=True)
        return answer is not False

    async def _confirm(self, payment: PaymentAnswer) -> None:
        confirmation = Confirmation(self._order, payment)
        try:
            await self._steps.surely(
                "confirming the order", Do.confirm, confirmation, expected={"out_of_stock"}
            )
        except FailureError as gone:
            raise EndsWithoutBooks("cancelled", _GONE) from gone
        self._write("confirmed")
        self._ear.stop_if_cancelled()

    async def _undo(self, end: EndsWithoutBooks) -> None:
        self._steps.say("undoing", f"Undoing: {end.reason}")
        await self._saga.compensate()
        no_books = NoBooks(self._order, end.ending, end.reason)
        ending = await self._steps.surely("ending the order", Do.end, no_books)
        self._write("ended")
        self._end(CheckoutResult(ending or end.ending, end.reason))

    # -- messages ------------------------------------------------------------------------------------

    @workflow.update(name="cancel", description="Call the order off, if the parcel has not left yet.")
    async def cancel(self) -> CheckoutResult:
        """Answers when it is decided."""
        self._ear.ask_to_cancel()
        await workflow.wait_condition(lambda: self._result is not None or not self._ear.cancel_asked)
        if self._result is None or self._result.status == "completed":
            raise ApplicationError("The order can no longer be cancelled.", type=TOO_LATE)
        return self._result

    @cancel.validator
    def _can_be_cancelled(self) -> None:
        if self._ear.too_late or self._result is not None:
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
        self._steps.require_settleable(settlement.note)

    @workflow.signal(name="news", description="Payment provider or carrier has news: ask them.")
    def news(self) -> None:
        """A hint only."""
        self._ear.hear_news()

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- small things --------------------------------------------------------------------------------

    def _write(self, kind: str) -> None:
        if kind in self._written:
            return
        self._written.add(kind)
        self._letters = asyncio.ensure_future(self._in_turn(self._letters, kind))

    async def _in_turn(self, before: asyncio.Future[None] | None, kind: str) -> None:
        """Nobody is told of the parcel before they are told of the order."""
        if before:
            await before
        await self._steps.letter(Do.write, Letter(self._order, kind))

    def _status(self, status: str) -> None:
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(status)])

    def _end(self, result: CheckoutResult) -> None:
        self._result = result
        self._status(result.status)
        self._steps.say(result.status, result.reason or "Paid and delivered.")
