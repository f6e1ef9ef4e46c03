"""However many want to hear the same of a store, one asks."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from application.prices.remember_prices import RememberPrices
from application.shared.measurements import Measurements
from domain.prices.answer import Outcome
from domain.prices.memory import PriceMemory
from domain.prices.offer import StoreName
from domain.shared.isbn import Isbn

# Seconds between two looks at what another process is asking for: stores answer in tenths of a second.
LOOKS: Final = (0.0, 0.02, 0.04, 0.08, 0.15)

Ask = Callable[[], Awaitable[Outcome]]
Asking = asyncio.Task[Outcome | None]


class AskOnce:
    """In this process whoever wants the same joins; of several processes one asks, and the others wait for
    what it hears. Everything heard is remembered before anybody is told. Nobody waits longer than they have
    patience, and who waits holds nothing that others need.
    """

    def __init__(self, memory: PriceMemory, remember: RememberPrices, measurements: Measurements) -> None:
        self._memory = memory
        self._remember = remember
        self._measurements = measurements
        self._asking: dict[tuple[Isbn, StoreName], Asking] = {}

    async def __call__(
        self, isbn: Isbn, store: StoreName, ask: Ask, *, since: datetime | None, patience: timedelta
    ) -> Outcome | None:
        """What came of asking; None: somebody is asking still. `since` is the `latest` that the caller
        remembers of the store: what others heard after it is given without asking. `ask` ends by itself
        within `patience`.
        """
        key = isbn, store
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.create_task(self._find_out(key, ask, since, patience))
            asking.add_done_callback(lambda done: self._asked(key, done))
        else:
            self._measurements.price_ask_spared("here")
        await asyncio.wait([asking], timeout=patience.total_seconds())
        return asking.result() if asking.done() else None

    async def _find_out(
        self, key: tuple[Isbn, StoreName], ask: Ask, since: datetime | None, patience: timedelta
    ) -> Outcome | None:
        for pause in _looks(patience.total_seconds()):
            await asyncio.sleep(pause)
            claim = await self._memory.claim(*key, since=since, within=patience)
            if claim.ticket is not None:
                return await self._ask(key, ask, claim.ticket)
            if claim.news is not None:
                self._measurements.price_ask_spared("elsewhere")
                return claim.news
        return None

    async def _ask(self, key: tuple[Isbn, StoreName], ask: Ask, ticket: str) -> Outcome:
        try:
            outcome = await ask()
            await self._remember([outcome])
        finally:
            await self._memory.leave(*key, ticket)
        return outcome

    def _asked(self, key: tuple[Isbn, StoreName], asking: Asking) -> None:
        del self._asking[key]
        if not asking.cancelled():
            asking.exception()  # everybody who waited may have left


def _looks(patience: float) -> Iterator[float]:
    """Pauses until patience is at its end: who asked in its stead has the answer by then, or nobody waits."""
    waited = 0.0
    for pause in LOOKS:
        yield pause
        waited += pause
    while waited < patience:
        yield LOOKS[-1]
        waited += LOOKS[-1]
