"""What a call to each store is worth to those who keep its prices fresh."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from application.prices.refreshing.ports import ShadowPrices
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.offer import StoreName

# In questions answered wrongly, where nobody keeps prices fresh: what it is at 0.2 calls a second;
# docs/price-quality.md
UNPRICED: Final = 1.0
LOOK_AGAIN: Final = 60.0  # seconds: a price follows some hundred calls


class CallPrices:
    """Whoever asks a store takes a call from those who keep its prices fresh: a comparison reckons with what
    that is worth, which differs from store to store. While the database is lost, as it was.
    """

    def __init__(self, written: ShadowPrices, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._written = written
        self._seconds = seconds
        self._known: Mapping[StoreName, float] = {}
        self._looked = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    async def known(self) -> Mapping[StoreName, float]:
        """Of the stores that have one; only the first to ask waits for the database."""
        if self._looking is None and self._seconds() - self._looked > LOOK_AGAIN:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None and self._looked == float("-inf"):
            await asyncio.wait([self._looking])
        return self._known

    async def _look(self) -> None:
        try:
            self._known = await self._written.prices()
        except DatabaseUnavailable:
            return
        finally:
            self._looked = self._seconds()
            self._looking = None
