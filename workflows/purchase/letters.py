"""What the reader is told of a purchase by mail."""

import asyncio

from workflows.purchase.activities import PurchaseActivities as Do
from workflows.purchase.contracts import Letter
from workflows.shared.steps import Steps

# Who reached a cap or cancelled was told so at once, and nobody was asked for anything.
_UNTOLD = frozenset({"cap_denied", "cancelled"})


class Letters:
    """Each kind once, one after the other; the story does not wait for them."""

    def __init__(self, purchase_id: str, steps: Steps) -> None:
        self._purchase = purchase_id
        self._steps = steps
        self._written: set[str] = set()
        self._last: asyncio.Future[None] | None = None

    def write(self, kind: str) -> None:
        """Soon, and after those before it."""
        if kind not in self._written:
            self._written.add(kind)
            self._last = asyncio.ensure_future(self._in_turn(self._last, kind))

    def tell_of_end(self, ending: str) -> None:
        """That there will be no book, where it is news."""
        if ending not in _UNTOLD:
            self.write("ended")

    async def sent(self) -> None:
        """Wait for all of them; a server that takes none for a day keeps nobody waiting for longer."""
        if self._last is not None:
            await self._last

    async def _in_turn(self, before: asyncio.Future[None] | None, kind: str) -> None:
        if before is not None:
            await before
        await self._steps.letter(Do.write, Letter(self._purchase, kind))
