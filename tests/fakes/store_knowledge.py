"""What is learnt of stores and doubted of their prices, in memory, proven equal by the contract suite."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from application.prices.store_experience import Lessons, Specialty, added
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.doubt import Doubt, DoubtNotFound, SamePrice, Standing
from domain.prices.estimates.experience import Experience
from domain.prices.events import PriceDoubted
from domain.shared.isbn import Isbn


class InMemoryStoreExperiences:
    """The `StoreExperiences` port; `lost` is like a database that is away."""

    def __init__(self) -> None:
        self.kept: dict[Specialty, Experience] = {}
        self.lost = False

    async def all(self) -> Lessons:
        self._there()
        return dict(self.kept)

    async def add(self, lessons: Lessons) -> None:
        self._there()
        self.kept = dict(added(self.kept, lessons))

    def _there(self) -> None:
        if self.lost:
            raise DatabaseUnavailable("Lost.")


class InMemoryDoubts:
    """The `Doubts` port."""

    def __init__(self) -> None:
        self._kept: dict[UUID, Doubt] = {}
        self.events: list[PriceDoubted] = []
        self.lost = False

    async def about(self, isbn: Isbn) -> Mapping[SamePrice, Doubt]:
        self._there()
        return {
            SamePrice.of(one.offer): replace(one) for one in self._kept.values() if one.offer.isbn == isbn
        }

    async def add(self, doubts: Sequence[Doubt]) -> None:
        self._there()
        for doubt in doubts:
            if SamePrice.of(doubt.offer) not in await self.about(doubt.offer.isbn):
                self._kept[doubt.id] = replace(doubt)
                self.events.append(doubt.told())

    async def get(self, doubt_id: UUID) -> Doubt:
        self._there()
        if doubt_id not in self._kept:
            raise DoubtNotFound("No price with this id was ever doubted.")
        return replace(self._kept[doubt_id])

    async def save(self, doubt: Doubt) -> None:
        self._there()
        if doubt.by is not None or self._kept[doubt.id].by is None:
            self._kept[doubt.id] = replace(doubt)

    async def waiting(self, limit: int) -> Sequence[Doubt]:
        self._there()
        found = [replace(one) for one in self._kept.values() if one.standing is Standing.WAITING]
        return sorted(found, key=lambda one: (one.since, one.id))[:limit]

    async def forget(self, before: datetime) -> int:
        self._there()
        old = [one.id for one in self._kept.values() if one.since < before]
        for each in old:
            del self._kept[each]
        return len(old)

    def _there(self) -> None:
        if self.lost:
            raise DatabaseUnavailable("Lost.")
