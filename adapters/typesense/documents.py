"""The documents of one collection: written, removed, and which versions of them are there."""

from collections.abc import AsyncIterator, Sequence
from typing import Final, TypeVar, cast
from uuid import UUID

import msgspec
from typesense import AsyncClient
from typesense.types.document import DocumentExportParameters, DocumentWriteParameters

from adapters.typesense.asking import ask
from adapters.typesense.client import answering
from adapters.typesense.question import Search
from adapters.typesense.schema import id_of, stored
from application.search.document import Versioned
from domain.search.errors import SearchUnavailable
from domain.shared.ids import WorkId

HELD_UP: Final = 100  # documents written in one go, before searches get their turn
IN_A_FILTER: Final = 250  # ids: the most hits of a page
IN_AN_ADDRESS: Final = 80  # ids: an address may have 4,000 characters
SPAN: Final = 2_000  # ordinals in a portion of versions

T = TypeVar("T")


class _Written(msgspec.Struct):
    success: bool
    error: str = ""


class _Held(msgspec.Struct):
    id: str
    version: int


_HOW: Final = {"include_fields": "id,version", "batch_size": SPAN}
_encoder: Final = msgspec.json.Encoder()
_written: Final = msgspec.json.Decoder(_Written)
_held: Final = msgspec.json.Decoder(_Held)


class Documents:
    """Raises `SearchUnavailable` where there is no such collection, as for everything else."""

    def __init__(self, client: AsyncClient, collection: str) -> None:
        self._client = client
        self._collection = collection

    async def write(self, documents: Sequence[Versioned]) -> None:
        """Put these in the place of what is there. All were taken, or it raises."""
        if not documents:
            return
        lines = _encoder.encode_lines([stored(one) for one in documents])
        how = cast(
            "DocumentWriteParameters",
            {"action": "upsert", "batch_size": HELD_UP, "dirty_values": "reject"},
        )
        with answering():
            answer = await self._client.collections[self._collection].documents.import_(lines, how)
            written = _written.decode_lines(answer)
        refused = [one.error for one in written if not one.success]
        if refused or len(written) != len(documents):
            raise SearchUnavailable(
                f"{len(refused)} documents were refused, the first because: {refused[:1]}"
            )

    async def remove(self, works: Sequence[WorkId]) -> None:
        """What is not there is no error."""
        for portion in portions(works, IN_AN_ADDRESS):
            with answering():
                documents = self._client.collections[self._collection].documents
                await documents.delete({"filter_by": _among(portion)})

    async def versions_of(self, works: Sequence[WorkId]) -> dict[WorkId, int]:
        """Of those that are there."""
        searches = [
            self._search(_among(portion), per_page=IN_A_FILTER) for portion in portions(works, IN_A_FILTER)
        ]
        results = await ask(self._client, *searches)
        found = (hit.document for result in results for hit in result.hits)
        return {_work(document.id): document.version for document in found}

    async def versions(self) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        """Of all, in portions. What is added while it reads may be missing."""
        lowest, highest = await self._ordinals()
        for start in range(lowest, highest + 1, SPAN):
            span = f"ordinal:[{start}..{start + SPAN - 1}]"
            with answering():
                documents = self._client.collections[self._collection].documents
                lines = await documents.export(cast("DocumentExportParameters", {"filter_by": span, **_HOW}))
                portion = [(_work(one.id), one.version) for one in _held.decode_lines(lines)]
            if portion:
                yield portion

    async def _ordinals(self) -> tuple[int, int]:
        """The lowest and the highest; an empty range where there is nothing."""
        ends = [self._search("", sort_by=f"ordinal:{way}", per_page=1) for way in ("asc", "desc")]
        first, last = await ask(self._client, *ends)
        if not first.hits or not last.hits:
            return 0, -1
        return first.hits[0].document.ordinal, last.hits[0].document.ordinal

    def _search(self, condition: str, **more: object) -> Search:
        return {
            "collection": self._collection,
            "q": "*",
            "filter_by": condition,
            "include_fields": "id,ordinal,version",
            **more,
        }


def portions(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """At most `size` at a time."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def _among(works: Sequence[WorkId]) -> str:
    return f"id:[{','.join(map(id_of, works))}]"


def _work(id_: str) -> WorkId:
    return WorkId(UUID(hex=id_))
