"""The store's part of a purchase."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from workflows.purchase.activities import PurchaseActivities as Do
from workflows.purchase.contracts import ChargeReply, StoreReply, StoreSaid, StoreWordByHand, Verdict
from workflows.purchase.letters import Letters
from workflows.purchase.policies import (
    ASK_STORE_AFTER,
    ASK_STORE_WITHIN,
    CHECK_AFTER,
    CHECK_WITHIN,
    LOOK_WITHIN,
    LOOKS,
    ORDER_WITHIN,
    TOLD_BEFORE,
)
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.steps import Steps

_SILENT = Verdict("store_rejected", "The store did not say what it asks now; nothing was bought.")
_ALWAYS_OLD = "The store's prices were too old to order on; nothing was bought."
_TAKES_NONE = "The store takes no orders from us any more; nothing was bought."
_CLEAR = frozenset({"placed", "rejected", "look_again"})
_UNCLEAR = "nobody can say what became of the order; ask the store by telephone, then send `store_said`"


class Store:
    """Looked at once more, ordered at once, asked about when unknown, held against what was agreed."""

    def __init__(self, purchase_id: str, steps: Steps, ear: Ear, letters: Letters) -> None:
        self._purchase = purchase_id
        self._steps = steps
        self._ear = ear
        self._letters = letters
        self._unclear = False
        self._said: StoreSaid | None = None

    async def order(self) -> StoreReply:
        """The order is placed when this returns."""
        reply = StoreReply("look_again")
        for _ in range(LOOKS):
            await self._look()
            self._steps.say("ordering", "Ordering at the store.")
            self._ear.no_way_back()
            reply = await self._send()
            if reply.word == "unknown":
                reply = await self._ask_what_happened()
            if reply.word != "look_again":  # which is also said of an order that was never sent
                break
        if reply.word != "placed":
            raise EndsWithoutBooks("store_rejected", reply.reason or _ALWAYS_OLD)
        return reply

    async def check(self) -> ChargeReply:
        """What the store's books say a little later; when they cannot be seen, the day's reckoning will."""
        await workflow.sleep(CHECK_AFTER, summary="until the store has settled its charge")
        return await self._steps.patiently(
            Do.check_charge, self._purchase, ChargeReply(), within=CHECK_WITHIN, slow=True
        )

    async def take_back(self, discrepancy: str) -> None:
        """The store did not keep to what was agreed: its order is called off."""
        self._steps.say("returning", f"{discrepancy} Calling the order off.")
        await self._steps.insist(
            "calling the order off at the store", Do.return_order, Do.note_returned, self._purchase
        )

    # -- what an operator learnt ---------------------------------------------------------------------

    def hear(self, said: StoreSaid) -> None:
        """The store told an operator."""
        self._said = said
        self._steps.settle(said.note)

    def require_unclear(self, said: StoreSaid) -> None:
        """For the validator: there must be something to tell, and it must make sense."""
        if not self._unclear:
            raise ApplicationError("Nobody waits for the store's word here.", type="not_parked")
        self._steps.require_parked()
        if not said.note.strip():
            raise ApplicationError("Say in the note who told it.", type="invalid_input")
        if (said.order_number is None) != (said.charged is None) or (said.charged or 0) < 0:
            words = "Name the store's order and what it takes in minor units, or neither: it has no order."
            raise ApplicationError(words, type="invalid_input")

    # -- how -----------------------------------------------------------------------------------------

    async def _look(self) -> None:
        self._steps.say("looking again", "Asking the store itself what it asks now.")
        verdict = await self._steps.patiently(Do.look, self._purchase, _SILENT, within=LOOK_WITHIN, slow=True)
        if verdict.ending is not None:
            raise EndsWithoutBooks(verdict.ending, verdict.reason)
        self._ear.stop_if_cancelled()

    async def _send(self) -> StoreReply:
        try:
            reply = await self._steps.once(
                Do.order, self._purchase, within=ORDER_WITHIN, expected={"store_takes_no_orders"}
            )
        except FailureError as error:
            raise EndsWithoutBooks("store_rejected", _TAKES_NONE) from error
        return reply or StoreReply("unknown")

    async def _ask_what_happened(self) -> StoreReply:
        self._steps.say("asking the store", "The store did not answer; asking what became of the order.")
        while True:
            reply = await self._ask_three_times()
            if reply.word in _CLEAR:
                return reply
            self._unclear, self._said = True, None
            await self._steps.ask_an_operator(_UNCLEAR, by_hand=False)
            self._unclear = False
            if self._said is not None:
                return await self._write_down(self._said)

    async def _ask_three_times(self) -> StoreReply:
        reply = StoreReply("unknown")
        for place, pause in enumerate(ASK_STORE_AFTER):
            if place == TOLD_BEFORE:
                self._letters.write("asking")
            await workflow.sleep(pause, summary="before asking the store")
            reply = await self._ask()
            if reply.word in _CLEAR:
                return reply
        if reply.word == "none":
            ruled_out = await self._steps.surely(
                "making sure that there is no order", Do.rule_out, self._purchase
            )
            return ruled_out or reply
        return reply

    async def _ask(self) -> StoreReply:
        reply = await self._steps.once(Do.ask_store, self._purchase, within=ASK_STORE_WITHIN)
        return reply or StoreReply("unknown")

    async def _write_down(self, said: StoreSaid) -> StoreReply:
        word = StoreWordByHand(self._purchase, said.order_number, said.charged or 0)
        written = await self._steps.surely("writing down the store's word", Do.note_store_word, word)
        return written or StoreReply("unknown")
