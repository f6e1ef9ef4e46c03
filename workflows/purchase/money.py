"""The money's part of a purchase."""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import FailureError

from workflows.purchase.activities import PurchaseActivities as Do
from workflows.purchase.contracts import MoneyAnswer
from workflows.purchase.policies import (
    ASK_FIRST,
    ASK_FOR,
    ASK_SLOWEST,
    AWAY_FIRST,
    AWAY_SLOWEST,
    CONFIRM_LOOK,
    CONFIRM_WITHIN,
)
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.failures import code_of
from workflows.shared.steps import Steps

_NOT_BEGUN = frozenset({"database_unavailable"})
_NOT_POSSIBLE = "The payment could not be made; nothing was charged. Please try again."
_GAVE_UP = "The payment provider did not answer; nothing was charged. Please try again."


class Money:
    """The maximum is reserved once, asked about when unknown; what the book costs is taken, or all let go."""

    def __init__(self, purchase_id: str, steps: Steps, ear: Ear) -> None:
        self._purchase = purchase_id
        self._steps = steps
        self._ear = ear

    async def reserve(self) -> None:
        """Reserve the maximum, or end the story."""
        self._steps.say("authorising", "Asking the payment provider to reserve the maximum.")
        answer = await self._authorise()
        if answer is None:
            answer = await self._ask_what_happened()
        if answer.kind == "action_required":
            answer = await self._bank_confirms(answer)
        if answer.kind != "authorised":
            raise EndsWithoutBooks("declined", answer.message or "The payment was declined.")
        self._ear.stop_if_cancelled()

    async def capture(self) -> None:
        """Take what the store charges. A refusal at this point is for a person: the book is ordered."""
        self._steps.say("capturing", "Taking what the book costs, and releasing the rest.")
        await self._steps.insist("taking the payment", Do.capture, Do.note_capture, self._purchase)

    async def give_back(self) -> None:
        """What was taken above what the store takes."""
        self._steps.say("refunding", "Giving back what was paid too much.")
        await self._steps.insist("giving the money back", Do.refund, Do.note_refund, self._purchase)

    async def let_go(self) -> None:
        """Nothing stays held, whoever reserved it."""
        await self._steps.surely("letting go of the payment", Do.void, self._purchase, by_hand=True)
        if self._steps.settled:
            await self._steps.surely("writing down that it was let go of", Do.note_void, self._purchase)

    async def _authorise(self) -> MoneyAnswer | None:
        """None: it is not known whether the provider heard of it. While our own database is away before the
        provider is asked, it did not; after it, the step finds the same answer under the same key.
        """
        pause = AWAY_FIRST
        while True:
            try:
                return await self._steps.at_once(Do.authorise, self._purchase, expected=_NOT_BEGUN)
            except FailureError as error:
                if code_of(error) not in _NOT_BEGUN:  # no repetition changes that, and the purchase must end
                    raise EndsWithoutBooks("declined", _NOT_POSSIBLE) from error
            self._ear.stop_if_cancelled()
            await workflow.sleep(pause, summary="our database is away")
            pause = min(pause * 2, AWAY_SLOWEST)

    async def _ask_what_happened(self) -> MoneyAnswer:
        """Asking has no effect; authorising again might have a second one."""
        self._steps.say("asking", "The payment provider did not answer; asking what became of it.")
        deadline, pause = workflow.now() + ASK_FOR, ASK_FIRST
        while workflow.now() < deadline:
            answer = await self._ask(otherwise=MoneyAnswer("unknown"))
            if answer.kind != "unknown":
                return answer
            await workflow.sleep(pause, summary="before asking again")
            pause = min(pause * 2, ASK_SLOWEST)
        return MoneyAnswer("declined", _GAVE_UP)

    async def _bank_confirms(self, answer: MoneyAnswer) -> MoneyAnswer:
        self._steps.say("3-D Secure", "Waiting for the reader to confirm with the bank.")
        deadline = workflow.now() + CONFIRM_WITHIN
        while answer.kind in {"action_required", "unknown"}:
            heard = self._ear.news  # before each question: news that comes meanwhile is worth another one
            answer = await self._ask(otherwise=answer)
            if answer.kind not in {"action_required", "unknown"}:
                break
            left = deadline - workflow.now()
            if left <= timedelta(0):
                return MoneyAnswer("declined", "The payment was not confirmed in time; nothing was charged.")
            await self._ear.listen(heard, min(left, CONFIRM_LOOK))
            self._ear.stop_if_cancelled()
        return answer

    async def _ask(self, *, otherwise: MoneyAnswer) -> MoneyAnswer:
        return await self._steps.patiently(Do.ask_money, self._purchase, otherwise, within=ASK_FOR)
