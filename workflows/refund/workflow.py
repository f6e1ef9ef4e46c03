"""A refund, from staff's decision to the reader's account."""

from temporalio import workflow

from workflows.refund.activities import RefundActivities as Do
from workflows.refund.contracts import RefundInput, RefundResult
from workflows.shared.attention import Progress, Settlement
from workflows.shared.steps import Steps


@workflow.defn(name="Refund")
class RefundWorkflow:
    """Give the money back once, tell the reader."""

    @workflow.init
    def __init__(self, refund: RefundInput) -> None:
        self._steps = Steps(refund.order_id)

    @workflow.run
    async def run(self, refund: RefundInput) -> RefundResult:
        """A refusal is final at the provider: staff sees it on the order and decides anew."""
        self._steps.say("refunding", "Asking the payment provider to give the money back.")
        refusal = await self._steps.surely("giving the money back", Do.give, refund, by_hand=True)
        if self._steps.settled:
            await self._steps.surely("writing down the refund", Do.note_given, refund)
        if refusal is None:
            await self._steps.letter(Do.write, refund)
        self._steps.say("done", refusal or "The money went back.")
        await workflow.wait_condition(workflow.all_handlers_finished)
        return RefundResult(refusal)

    @workflow.update(name="retry", description="Operator: try the parked step again.")
    async def retry(self) -> Progress:
        """The cause has been dealt with."""
        self._steps.retry()
        return self._steps.progress()

    @retry.validator
    def _is_parked(self) -> None:
        self._steps.require_parked()

    @workflow.update(name="settle", description="Operator: the parked step was done by hand; go on.")
    async def settle(self, settlement: Settlement) -> Progress:
        """Say in `note` what was done."""
        self._steps.settle(settlement.note)
        return self._steps.progress()

    @settle.validator
    def _can_be_settled(self, settlement: Settlement) -> None:
        self._steps.require_settleable(settlement.note)

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()
