"""A purchase, from a reader's wish to a paid order at the cheapest store."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from workflows.purchase.activities import OF_PURCHASES
from workflows.purchase.activities import PurchaseActivities as Do
from workflows.purchase.contracts import (
    TOO_LATE,
    NoBook,
    PurchaseInput,
    PurchaseResult,
    StoreSaid,
    Verdict,
)
from workflows.purchase.letters import Letters
from workflows.purchase.money import Money
from workflows.purchase.policies import COMPARE_WITHIN
from workflows.purchase.store import Store
from workflows.shared.attention import Progress, Settlement
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.failures import cause_of
from workflows.shared.saga import Saga
from workflows.shared.search_attributes import ORDER_STATUS
from workflows.shared.steps import Steps

_OVER = frozenset(
    {
        "done",
        "cap_denied",
        "no_offer",
        "too_dear",
        "declined",
        "price_moved",
        "store_rejected",
        "cancelled",
        "refunded",
    }
)
_NOT_COMPARED = Verdict("no_offer", "The stores could not be compared just now; nothing was charged.")


@workflow.defn(name="Purchase")
class PurchaseWorkflow:
    """Set aside, compare, reserve, look again, order, take what it costs; undo all when that cannot be."""

    @workflow.init
    def __init__(self, purchase: PurchaseInput) -> None:
        self._purchase = purchase.purchase_id
        self._ear = Ear("purchase")
        self._saga = Saga()
        self._steps = Steps(self._purchase, OF_PURCHASES)
        self._money = Money(self._purchase, self._steps, self._ear)
        self._letters = Letters(self._purchase, self._steps)
        self._store = Store(self._purchase, self._steps, self._ear, self._letters)
        self._result: PurchaseResult | None = None

    @workflow.run
    async def run(self, purchase: PurchaseInput) -> PurchaseResult:  # noqa: ARG002 - read in __init__, before messages
        """Cancelling the workflow is asking for a cancellation: the story decides whether it still can."""
        story = asyncio.ensure_future(self._to_the_end())
        try:
            await asyncio.shield(story)
        except asyncio.CancelledError:
            self._ear.ask_to_cancel()
            await story
        await self._letters.sent()
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self._result is not None  # noqa: S101 - both ends of the story set it
        return self._result

    # -- the story -----------------------------------------------------------------------------------

    async def _to_the_end(self) -> None:
        # Before the first step: a worker that died may have reserved the money, and this one not know of it.
        self._saga.on_failure(self._money.let_go)
        while True:
            try:
                return await self._buy()
            except EndsWithoutBooks as end:
                if await self._steps.surely("calling off the purchase", Do.call_off, self._purchase):
                    return await self._undo(end)
                # A worker that died had gone further than this one remembers: its order is asked about.
                self._ear.no_way_back()

    async def _buy(self) -> None:
        if await self._set_aside():
            return
        await self._choose()
        await self._money.reserve()
        order = await self._store.order()
        if order.discrepancy is not None:
            await self._store.take_back(order.discrepancy)
            raise _nothing_kept(order.discrepancy)
        await self._money.capture()
        self._status("captured")
        self._letters.write("bought")
        await self._check()
        await self._steps.surely("closing the books", Do.finish, self._purchase)
        self._end(PurchaseResult("done"))

    async def _set_aside(self) -> bool:
        """True: the purchase is over already, and only this process did not know."""
        self._steps.say("setting aside", "Setting the maximum aside within the reader's caps.")
        try:
            status = await self._steps.surely(
                "setting the maximum aside",
                Do.reserve_cap,
                self._purchase,
                expected={"cap_reached", "caps_not_set"},
            )
        except FailureError as error:
            raise EndsWithoutBooks("cap_denied", str(cause_of(error))) from error
        if status in _OVER:
            self._end(PurchaseResult(str(status)))
            return True
        self._ear.stop_if_cancelled()
        return False

    async def _choose(self) -> None:
        self._steps.say("comparing", "Asking the stores what they ask.")
        verdict = await self._steps.patiently(
            Do.find, self._purchase, _NOT_COMPARED, within=COMPARE_WITHIN, slow=True
        )
        if verdict.ending is not None:
            raise EndsWithoutBooks(verdict.ending, verdict.reason)
        self._ear.stop_if_cancelled()

    async def _check(self) -> None:
        self._steps.say("bought", "Ordered and paid. The store's own books are looked into in a moment.")
        charge = await self._store.check()
        if charge.discrepancy is not None:
            await self._store.take_back(charge.discrepancy)
            await self._money.give_back()
            raise _nothing_kept(charge.discrepancy)
        if charge.refund_due:
            await self._money.give_back()
            self._letters.write("given_back")

    async def _undo(self, end: EndsWithoutBooks) -> None:
        self._steps.say("undoing", f"Undoing: {end.reason}")
        await self._saga.compensate()
        no_book = NoBook(self._purchase, end.ending, end.reason)
        ending = await self._steps.surely("ending the purchase", Do.end, no_book)
        self._letters.tell_of_end(ending or end.ending)
        self._end(PurchaseResult(ending or end.ending, end.reason))

    # -- messages ------------------------------------------------------------------------------------

    @workflow.update(name="cancel", description="Call the purchase off, if its order was not sent yet.")
    async def cancel(self) -> PurchaseResult:
        """Answers when it is decided."""
        self._ear.ask_to_cancel()
        await workflow.wait_condition(lambda: self._result is not None or not self._ear.cancel_asked)
        if self._result is None or self._result.status in {"done", "refunded"}:
            raise ApplicationError("The purchase can no longer be cancelled.", type=TOO_LATE)
        return self._result

    @cancel.validator
    def _can_be_cancelled(self) -> None:
        if self._ear.too_late or self._result is not None:
            raise ApplicationError("The purchase can no longer be cancelled.", type=TOO_LATE)

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
        """Say in `note` what was done; it goes into the purchase's story."""
        self._steps.settle(settlement.note)
        return self.progress()

    @settle.validator
    def _can_be_settled(self, settlement: Settlement) -> None:
        self._steps.require_settleable(settlement.note)

    @workflow.update(name="store_said", description="Operator: the store told what became of the order.")
    async def store_said(self, said: StoreSaid) -> Progress:
        """Its number and what it takes, or that there is none."""
        self._store.hear(said)
        return self.progress()

    @store_said.validator
    def _can_be_told(self, said: StoreSaid) -> None:
        self._store.require_unclear(said)

    @workflow.signal(name="news", description="The payment provider has news: ask it.")
    def news(self) -> None:
        """A hint only."""
        self._ear.hear_news()

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()

    # -- small things --------------------------------------------------------------------------------

    def _status(self, status: str) -> None:
        workflow.upsert_search_attributes([ORDER_STATUS.value_set(status)])

    def _end(self, result: PurchaseResult) -> None:
        self._result = result
        self._status(result.status)
        self._steps.say(result.status, result.reason or "Ordered and paid; the books agree.")


def _nothing_kept(discrepancy: str) -> EndsWithoutBooks:
    words = f"{discrepancy} The order was called off, and nothing of your money was kept."
    return EndsWithoutBooks("refunded", words)
