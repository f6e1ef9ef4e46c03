"""What a store did after a purchase was done, put right."""

from temporalio import workflow

from workflows.purchase.activities import OF_PURCHASES
from workflows.purchase.activities import PurchaseActivities as Do
from workflows.purchase.contracts import ChargeReply, NoBook, PurchaseInput, PurchaseResult
from workflows.purchase.letters import Letters
from workflows.purchase.money import Money
from workflows.purchase.store import Store
from workflows.shared.attention import Progress, Settlement
from workflows.shared.ear import Ear
from workflows.shared.steps import Steps


@workflow.defn(name="PurchaseCorrection")
class PurchaseCorrectionWorkflow:
    """Look into the store's books; give back what it takes less, or all where there will be no book."""

    @workflow.init
    def __init__(self, purchase: PurchaseInput) -> None:
        self._purchase = purchase.purchase_id
        self._steps = Steps(self._purchase, OF_PURCHASES)
        ear = Ear("purchase")
        self._money = Money(self._purchase, self._steps, ear)
        self._letters = Letters(self._purchase, self._steps)
        self._store = Store(self._purchase, self._steps, ear, self._letters)

    @workflow.run
    async def run(self, purchase: PurchaseInput) -> PurchaseResult:  # noqa: ARG002 - read in __init__, before messages
        """Whoever runs it again finds nothing left to do."""
        self._steps.say("looking", "Looking into the store's books.")
        charge = await self._steps.surely("looking into the store's books", Do.check_charge, self._purchase)
        result = await self._put_right(charge or ChargeReply())
        self._steps.say(result.status, result.reason or "The books agree.")
        await self._letters.sent()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    async def _put_right(self, charge: ChargeReply) -> PurchaseResult:
        why = charge.discrepancy or charge.gone
        if why is not None:
            await self._store.take_back(why)
            await self._money.give_back()
            reason = f"{why} There will be no book, and nothing of your money was kept."
            ending = await self._steps.surely(
                "ending the purchase", Do.end, NoBook(self._purchase, "refunded", reason)
            )
            self._letters.write("ended")
            return PurchaseResult(ending or "refunded", reason)
        if charge.refund_due:
            await self._money.give_back()
            self._letters.write("given_back")
        return PurchaseResult("done")

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

    @workflow.query(name="progress", description="Where the process is, in words.")
    def progress(self) -> Progress:
        """For people and dashboards."""
        return self._steps.progress()
