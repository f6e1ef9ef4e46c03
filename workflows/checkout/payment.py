"""The money's part of the story."""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import FailureError

from workflows.checkout.activities import CheckoutActivities as Do
from workflows.checkout.contracts import Checkout, PaymentAnswer
from workflows.checkout.policies import ASK_FIRST, ASK_FOR, ASK_SLOWEST, AWAY_FIRST, AWAY_SLOWEST
from workflows.shared.attention import AttentionActivities, Sentence
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.failures import code_of
from workflows.shared.saga import Saga
from workflows.shared.steps import Steps

_NOT_BEGUN = frozenset({"database_unavailable"})
_SILENT = "The payment provider did not answer; we are asking it what happened."
_NOT_POSSIBLE = "The payment could not be made; nothing was charged. Please try again."
_GAVE_UP = "The payment provider did not answer; nothing was charged. Please try again."


class Payment:
    """Reserved once, asked about when unknown, taken once, or let go of."""

    def __init__(self, checkout: Checkout, steps: Steps, saga: Saga, ear: Ear) -> None:
        self._order = checkout.order_id
        self._held_until: datetime = checkout.hold_expires_at
        self._steps = steps
        self._saga = saga
        self._ear = ear

    async def authorise(self) -> PaymentAnswer:
        """Reserve the money, or end the story."""
        self._steps.say("authorising", "Asking the payment provider to reserve the money.")
        self._saga.on_failure(self._let_go)
        answer = await self._reserve()
        if answer is None:
            answer = await self._ask_what_happened()
        if answer.kind == "action_required":
            answer = await self._bank_confirms(answer)
        if answer.kind != "authorised":
            raise EndsWithoutBooks("declined", answer.message or "The payment was declined.")
        self._ear.stop_if_cancelled()
        return answer

    async def capture(self) -> None:
        """Take it. A refusal at this point is for a person: the books may have left."""
        self._steps.say("capturing", "Taking the reserved money.")
        while refusal := await self._steps.surely(
            "taking the payment", Do.capture, self._order, by_hand=True
        ):
            await self._steps.ask_an_operator(f"the provider refuses the capture: {refusal}")
            if self._steps.settled:
                break
        if self._steps.settled:
            await self._steps.surely("writing down the payment", Do.note_capture, self._order)

    async def _let_go(self) -> None:
        await self._steps.surely("letting go of the payment", Do.abandon, self._order, by_hand=True)
        if self._steps.settled:
            await self._steps.surely("writing down that it was let go of", Do.note_abandoned, self._order)

    async def _reserve(self) -> PaymentAnswer | None:
        """None: it is not known whether the provider heard of it. While our own database is away it did not:
        the step reads there before it asks, and writes nothing afterwards.
        """
        pause = AWAY_FIRST
        while True:
            try:
                return await self._steps.at_once(Do.authorise, self._order, expected=_NOT_BEGUN)
            except FailureError as error:
                if code_of(error) not in _NOT_BEGUN:  # no repetition changes that, and the order must end
                    raise EndsWithoutBooks("declined", _NOT_POSSIBLE) from error
            self._ear.stop_if_cancelled()
            await workflow.sleep(pause, summary="our database is away")
            pause = min(pause * 2, AWAY_SLOWEST)

    async def _ask_what_happened(self) -> PaymentAnswer:
        """Asking has no effect; authorising again might have a second one."""
        self._steps.say("asking", "The payment provider did not answer; asking what became of it.")
        await self._steps.at_once(AttentionActivities.tell_of_retry, Sentence(self._order, _SILENT))
        deadline, pause = workflow.now() + ASK_FOR, ASK_FIRST
        while workflow.now() < deadline:
            answer = await self._ask(otherwise=PaymentAnswer("unknown"))
            if answer.kind != "unknown":
                return answer
            await workflow.sleep(pause, summary="before asking again")
            pause = min(pause * 2, ASK_SLOWEST)
        return PaymentAnswer("declined", message=_GAVE_UP)

    async def _bank_confirms(self, answer: PaymentAnswer) -> PaymentAnswer:
        self._steps.say("3-D Secure", "Waiting for the reader to confirm with the bank.")
        heard = self._ear.news  # before each question: news that comes meanwhile is worth another one
        await self._steps.surely("showing the bank's page", Do.await_action, self._order)
        while answer.kind in {"action_required", "unknown"}:
            left = self._held_until - workflow.now()
            if left <= timedelta(0):
                raise EndsWithoutBooks("expired", "The payment was not confirmed in time.")
            await self._ear.listen(heard, left)
            self._ear.stop_if_cancelled()
            heard = self._ear.news
            answer = await self._ask(otherwise=answer)
        return answer

    async def _ask(self, *, otherwise: PaymentAnswer) -> PaymentAnswer:
        return await self._steps.patiently(Do.ask, self._order, otherwise, within=ASK_FOR)
