"""The parcel's part of the story."""

from workflows.checkout.activities import CheckoutActivities as Do
from workflows.checkout.contracts import Checkout
from workflows.checkout.policies import FOLLOW_FIRST, FOLLOW_GROWS, FOLLOW_SLOWEST
from workflows.shared.ear import Ear, EndsWithoutBooks
from workflows.shared.saga import Saga
from workflows.shared.steps import Steps


class Parcel:
    """Booked, taken, brought; or called off while it is still in the house."""

    def __init__(self, checkout: Checkout, steps: Steps, saga: Saga, ear: Ear) -> None:
        self._order = checkout.order_id
        self._steps = steps
        self._saga = saga
        self._ear = ear

    async def leaves(self) -> None:
        """Until the carrier has it, or the story ends."""
        self._steps.say("booking", "Asking the carrier to collect the parcel.")
        self._saga.on_failure(self._call_off)
        refusal = await self._steps.surely("booking the parcel", Do.book_parcel, self._order, by_hand=True)
        if refusal:
            raise EndsWithoutBooks("cancelled", f"The carrier cannot bring it: {refusal}")
        self._steps.say("waiting for collection", "The parcel is booked; waiting until the carrier takes it.")
        if await self._is_in({"dispatched", "delivered", "cancelled"}) == "cancelled":
            raise EndsWithoutBooks("cancelled", "The carrier called the parcel off; nothing was charged.")
        self._ear.no_way_back()
        await self._steps.surely("taking the books out of stock", Do.dispatch, self._order)

    async def arrives(self) -> None:
        """Until the reader has it."""
        self._steps.say("on its way", "The parcel has left and the money is taken; waiting for delivery.")
        while await self._is_in({"delivered", "cancelled"}) == "cancelled":
            await self._steps.ask_an_operator("the carrier called off a parcel that had left")
            if self._steps.settled:
                return

    async def _is_in(self, wanted: set[str]) -> str:
        pause = FOLLOW_FIRST
        while True:
            heard = self._ear.news
            status = await self._steps.patiently(Do.follow_parcel, self._order, None)
            if status in wanted:
                return str(status)
            if self._ear.cancel_asked:
                if await self._called_off():
                    self._ear.stop_if_cancelled()
                self._ear.no_way_back()
            await self._ear.listen(heard, pause)
            pause = min(pause * FOLLOW_GROWS, FOLLOW_SLOWEST)

    async def _called_off(self) -> bool:
        """True also where an operator says that it was called off by hand."""
        answer = await self._steps.surely(
            "calling off the parcel", Do.call_off_parcel, self._order, by_hand=True
        )
        return answer is not False

    async def _call_off(self) -> None:
        await self._called_off()
