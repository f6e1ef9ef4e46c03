"""A shop whose works can be embedded, in memory and in PostgreSQL."""

from collections.abc import Sequence
from itertools import count
from typing import Protocol
from uuid import UUID

from adapters.postgres.search.embeddings import PostgresWorkEmbeddings
from application.search.work_embeddings import WorkEmbeddings
from domain.shared.ids import WorkId
from tests.contract.search.catalogued import NOON, Catalogued
from tests.fakes.embeddings import InMemoryWorkEmbeddings


class World(Protocol):
    """Its embeddings, and what happens to its works meanwhile."""

    embeddings: WorkEmbeddings

    async def work(self, title: str) -> WorkId:
        """A new one, on sale."""
        ...

    async def retitle(self, work: WorkId, title: str) -> None:
        """It reads differently from now on."""
        ...

    async def reprice(self, work: WorkId) -> None:
        """Its document moves, its text does not."""
        ...

    async def vector(self, work: WorkId) -> Sequence[float] | None:
        """What the index would be told of it."""
        ...

    async def waits_for_index(self, work: WorkId) -> bool:
        """Whether the index is still to hear of it."""
        ...

    async def index_has_all(self) -> None:
        """Nothing waits any more."""
        ...


class MemoryWorld:
    """Everything in memory."""

    def __init__(self) -> None:
        self.embeddings = InMemoryWorkEmbeddings()
        self._numbers = count(1)

    async def work(self, title: str) -> WorkId:
        work = WorkId(UUID(int=next(self._numbers)))
        self.embeddings.tell(work, title)
        return work

    async def retitle(self, work: WorkId, title: str) -> None:
        self.embeddings.tell(work, title)

    async def reprice(self, work: WorkId) -> None:
        self.embeddings.tell(work, self.embeddings.works[work].text)

    async def vector(self, work: WorkId) -> Sequence[float] | None:
        return self.embeddings.vectors.get(work)

    async def waits_for_index(self, work: WorkId) -> bool:
        return work in self.embeddings.waiting

    async def index_has_all(self) -> None:
        self.embeddings.waiting.clear()


class PostgresWorld:
    """A catalogue of its own, and the documents made of it."""

    def __init__(self, shop: Catalogued) -> None:
        self.embeddings = PostgresWorkEmbeddings(shop.database)
        self._shop = shop
        self._prices = count(500)

    async def work(self, title: str) -> WorkId:
        return await self._shop.on_sale(title=title)

    async def retitle(self, work: WorkId, title: str) -> None:
        await self._shop.run("UPDATE works SET title = %(title)s WHERE id = %(work)s", title=title, work=work)
        await self._renew(work)

    async def reprice(self, work: WorkId) -> None:
        await self._shop.reprice(work, next(self._prices))
        await self._renew(work)

    async def vector(self, work: WorkId) -> Sequence[float] | None:
        return (await self._shop.of(work)).vector

    async def waits_for_index(self, work: WorkId) -> bool:
        return work in await self._shop.waiting()

    async def index_has_all(self) -> None:
        await self._shop.confirm()

    async def _renew(self, work: WorkId) -> None:
        await self._shop.documents.mark([work], NOON)
        await self._shop.renewed()
