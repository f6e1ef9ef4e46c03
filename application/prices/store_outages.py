"""When stores were left in peace because they did badly."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from application.prices.store_health import StoreState
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.offer import StoreName
from domain.shared.clock import Clock

BEGINS: Final = frozenset({StoreState.OPEN, StoreState.ISOLATED})


@dataclass(frozen=True, slots=True)
class Outage:
    """From the moment when its breaker opened until it closed for good (None: it is not over). `refused`: it
    did not accept us.
    """

    began_at: datetime
    ended_at: datetime | None
    refused: bool


class WrittenOutages(Protocol):
    """Kept for good. All raise `DatabaseUnavailable`."""

    async def begin(self, store: StoreName, at: datetime, *, refused: bool) -> None:
        """Unless one is going on already."""
        ...

    async def end(self, store: StoreName, at: datetime) -> None:
        """Of the one that is going on, if any."""
        ...

    async def since(self, at: datetime) -> Mapping[StoreName, Sequence[Outage]]:
        """Those that were not over by then, in order."""
        ...


class StoreOutages:
    """Nobody who asks a store waits for it to be written down that it turned. While the database is lost, it
    is not.
    """

    def __init__(self, written: WrittenOutages, clock: Clock) -> None:
        self._written = written
        self._clock = clock
        self._writing: set[asyncio.Task[None]] = set()

    def turned(self, store: StoreName, state: StoreState) -> None:
        """Its breaker did."""
        if state in BEGINS or state is StoreState.CLOSED:
            task = asyncio.create_task(self._write(store, state, self._clock.now()))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def settle(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing)

    async def _write(self, store: StoreName, state: StoreState, at: datetime) -> None:
        try:
            if state in BEGINS:
                await self._written.begin(store, at, refused=state is StoreState.ISOLATED)
            else:
                await self._written.end(store, at)
        except DatabaseUnavailable:
            return
