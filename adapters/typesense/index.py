"""Keeps the index in Typesense: collections beside each other, and an alias for the one that is searched."""

import re
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from typing import Final

from typesense.exceptions import ObjectAlreadyExists, ObjectNotFound

from adapters.typesense.client import Typesense, answering
from adapters.typesense.documents import Documents, portions
from adapters.typesense.schema import WORKS, collection_schema
from application.search.document import Versioned
from domain.shared.ids import WorkId

AT_ONCE: Final = 1_000  # documents in one request: a few megabytes


class TypesenseIndex:
    """A `SearchIndex`. One writer at a time: it reads versions before it writes."""

    def __init__(self, typesense: Typesense, alias: str = WORKS) -> None:
        self._client = typesense.writes
        self._alias = alias

    async def standing(self) -> str | None:
        """See the port."""
        with answering():
            try:
                name = (await self._client.aliases[self._alias].retrieve())["collection_name"]
                await self._client.collections[name].retrieve()
            except ObjectNotFound:
                return None
        return name

    async def prepare(self) -> str:
        """See the port."""
        name = f"{self._alias}_{time.time_ns()}"
        with answering(), suppress(ObjectAlreadyExists):  # it was made, but the answer got lost
            await self._client.collections.create(collection_schema(name))
        return name

    async def put(self, collection: str, documents: Sequence[Versioned]) -> None:
        """See the port."""
        there = Documents(self._client, collection)
        for portion in portions(_newest(documents), AT_ONCE):
            known = await there.versions_of([one.document.work_id for one in portion])
            newer = [one for one in portion if one.version >= known.get(one.document.work_id, 0)]
            await there.write([one for one in newer if one.document.on_sale])
            gone = (one.document.work_id for one in newer if not one.document.on_sale)
            await there.remove([work for work in gone if work in known])

    async def switch(self, collection: str) -> None:
        """See the port."""
        ours = re.compile(rf"{re.escape(self._alias)}_\d+")
        with answering():
            await self._client.collections[collection].retrieve()
            await self._client.aliases.upsert(self._alias, {"collection_name": collection})
            names = [found["name"] for found in await self._client.collections.retrieve()]
            for name in names:
                if name != collection and ours.fullmatch(name):
                    await self._client.collections[name].delete()

    def versions(self, collection: str) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        """See the port."""
        return Documents(self._client, collection).versions()

    async def remove(self, collection: str, works: Sequence[WorkId]) -> None:
        """See the port."""
        await Documents(self._client, collection).remove(works)


def _newest(documents: Iterable[Versioned]) -> list[Versioned]:
    """Of each work the newest version."""
    newest: dict[WorkId, Versioned] = {}
    for one in sorted(documents, key=lambda one: one.version):
        newest[one.document.work_id] = one
    return list(newest.values())
