"""Books that a store failed on again and again."""

from collections.abc import Sequence

from application.prices.refreshing.ports import DeadLetters
from domain.prices.offer import StoreName
from domain.prices.refreshing import DeadLetter, NotSetAside
from domain.shared.isbn import Isbn


class SeeDeadLetters:
    """Staff sees which books were set aside at which store, the latest first."""

    def __init__(self, letters: DeadLetters) -> None:
        self._letters = letters

    async def __call__(self, store: StoreName | None, limit: int) -> Sequence[DeadLetter]:
        """Of one store, or of all."""
        return await self._letters.all(store, limit)


class SendAgain:
    """A book that was set aside at a store is asked about again as soon as it is worth a call there."""

    def __init__(self, letters: DeadLetters) -> None:
        self._letters = letters

    async def __call__(self, store: StoreName, isbn: Isbn | None) -> int:
        """One book, or all that are set aside there; returns how many. Raises `NotSetAside`."""
        sent = await self._letters.send_again(store, isbn)
        if not sent:
            raise NotSetAside("Nothing of that kind is set aside at this store.")
        return sent
