"""Prices remembered in layers: in this process for seconds, by all of them for hours, and for good."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from application.prices.ports import LastingPrices, Shared, SharedPrices
from application.shared.changes import Changes
from application.shared.measurements import Measurements
from application.shared.room import Room
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Claim, Layer, News, Remembered, StoreMemory, about
from domain.prices.offer import StoreName
from domain.shared.isbn import Isbn

# Seconds. News travels in milliseconds; where it gets lost, this is how far a process is behind the others.
IN_PROCESS_FOR: Final = 15.0
MOST_UNTOLD: Final = 10_000  # editions; beyond it what others share is as old as its life lets it be
STORE_SIZE: Final = 1_500  # bytes: what a store with two offers takes up, as measured
OWN_SIZE: Final = 500


@dataclass(slots=True, eq=False)
class _Kept:
    """On the process's clock; `asked` counts what the others have not been told of yet."""

    remembered: Remembered
    last: float
    true_at: int
    asked: int = 0
    uses: int = 0

    @property
    def size(self) -> int:
        return OWN_SIZE + STORE_SIZE * len(self.remembered.stores)


class TieredPriceMemory:
    """The `PriceMemory` port over what is shared and what lasts."""

    def __init__(
        self,
        shared: SharedPrices,
        lasting: LastingPrices,
        measurements: Measurements,
        seconds: Callable[[], float],
        *,
        room: int,
    ) -> None:
        """`room` is how many bytes this process may take up."""
        self._shared = shared
        self._lasting = lasting
        self._measurements = measurements
        self._seconds = seconds
        self._room: Room[_Kept] = Room(most=max(room // OWN_SIZE, 1), size=room)
        self._changes = Changes()
        self._looking: dict[str, asyncio.Task[Remembered]] = {}
        # What the others could not be told: as soon as they can, they are.
        self._untold: dict[Isbn, None] = {}

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """See the port."""
        async with self._shared.listening(self._heard):
            yield

    async def recall(self, isbn: Isbn) -> Remembered:
        """Whoever comes while somebody looks waits for the same look."""
        kept = self._at_hand(isbn)
        if kept is not None:
            kept.asked += 1
            self._measurements.price_recalled(Layer.PROCESS, kept.remembered.tier.name)
            return kept.remembered
        looking = self._looking.get(isbn.value)
        if looking is None:
            looking = self._looking[isbn.value] = asyncio.create_task(self._look(isbn))
            looking.add_done_callback(lambda done: self._looked(isbn.value, done))
        return await asyncio.shield(looking)

    async def keep(self, news: Sequence[News]) -> None:
        """Here first, so that whoever comes to this process next meets it whatever becomes of the others."""
        isbns = {about(one)[0] for one in news}
        near = [kept for isbn in isbns if (kept := self._at_hand(isbn)) is not None]
        if isbns:
            self._heard(frozenset(isbn.value for isbn in isbns))
        for kept in near:
            self._put(kept.remembered.after(news), kept.last, kept.asked)
        if not await self._shared.keep(news):
            self._untold.update(dict.fromkeys(isbns))
            while len(self._untold) > MOST_UNTOLD:
                del self._untold[next(iter(self._untold))]

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        """See the port."""
        return await self._shared.claim(isbn, store, since=since, within=within)

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        """See the port."""
        await self._shared.leave(isbn, store, ticket)

    async def _look(self, isbn: Isbn) -> Remembered:
        moment, kept = self._changes.moment, self._room.get(isbn.value)
        there = await self._shared.recall(isbn, 1 + (kept.asked if kept else 0))
        if there is not None and there.whole and isbn not in self._untold:
            found = Remembered(isbn, there.stores, there.tier, Layer.SHARED)
        else:
            tier = kept.remembered.tier if kept else Tier.L3
            found = await self._look_it_up(isbn, there, tier)
        self._measurements.price_recalled(found.layer, found.tier.name)
        if not self._changes.touched([isbn.value], moment):
            self._put(found, self._seconds() + IN_PROCESS_FOR)
        return found

    async def _look_it_up(self, isbn: Isbn, there: Shared | None, tier: Tier) -> Remembered:
        known = await self._lasting.recall(isbn)
        stores = {one.told.store: StoreMemory(one) for one in known}
        if there is None:
            return Remembered(isbn, stores, tier, Layer.LASTING)
        if await self._shared.fill(isbn, known):
            self._untold.pop(isbn, None)
        for store, shared in there.stores.items():
            stores[store] = stores.get(store, StoreMemory()).joined(shared)
        return Remembered(isbn, stores, there.tier, Layer.LASTING)

    def _at_hand(self, isbn: Isbn) -> _Kept | None:
        kept = self._room.get(isbn.value)
        if kept is None or self._seconds() >= kept.last:
            return None
        if kept.true_at != self._changes.moment:
            if self._changes.touched([isbn.value], kept.true_at):
                return None
            kept.true_at = self._changes.moment
        return kept

    def _heard(self, isbns: frozenset[str]) -> None:
        """None at all: it may be any."""
        self._changes.note(isbns)
        for isbn in isbns or tuple(self._looking):
            self._looking.pop(isbn, None)

    def _put(self, remembered: Remembered, until: float, asked: int = 0) -> None:
        near = replace(remembered, layer=Layer.PROCESS)
        kept = _Kept(near, until, self._changes.moment, asked)
        self._room.put(remembered.isbn.value, kept, self._seconds())

    def _looked(self, isbn: str, task: asyncio.Task[Remembered]) -> None:
        if self._looking.get(isbn) is task:
            del self._looking[isbn]
        if not task.cancelled():
            task.exception()  # everybody who waited may have left
