"""Prove that the search equals the catalogue."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from application.search.ports import SearchDocuments, SearchIndex
from application.shared.measurements import Measurements
from domain.shared.clock import Clock
from domain.shared.ids import WorkId

AT_A_TIME: Final = 1_000  # works compared in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What was compared and found: documents that differed from the catalogue, works that the index lacks,
    has in an old version, or should not have. All were mended, or wait to be within seconds.
    """

    works: int
    documents_differed: int
    missing: int
    outdated: int
    foreign: int

    @property
    def drifted(self) -> int:
        """How many works were wrong in one way or another."""
        return self.documents_differed + self.missing + self.outdated + self.foreign


class AuditIndex:
    """An operator compares, work by work, the catalogue with the documents made of it and those with the
    index. What differs is mended: made anew, brought again, or removed. What is changing at this moment is
    no difference: it waits for the index and says so.
    """

    def __init__(
        self,
        documents: SearchDocuments,
        index: SearchIndex | None,
        clock: Clock,
        measurements: Measurements,
    ) -> None:
        self._documents = documents
        self._index = index
        self._clock = clock
        self._measurements = measurements

    async def __call__(self) -> IndexReport:
        """Raises `SearchUnavailable` when the index cannot be looked at."""
        report = await self._compare_index(await self._compare_documents())
        self._measurements.search_drifted(report.drifted)
        return report

    async def _compare_documents(self) -> int:
        differed, after = 0, None
        while True:
            after, found = await self._documents.recheck(after, AT_A_TIME, self._clock.now())
            differed += found
            if after is None:
                return differed

    async def _compare_index(self, documents_differed: int) -> IndexReport:
        """The database first: whatever the index holds beyond what it had confirmed then is only newer."""
        confirmed: dict[WorkId, int] = {}
        async for portion in self._documents.confirmed():
            confirmed.update(portion)
        works = len(confirmed)
        if self._index is None:
            return IndexReport(
                works=works, documents_differed=documents_differed, missing=0, outdated=0, foreign=0
            )
        collection = await self._index.standing()
        outdated, unknown = list[WorkId](), list[WorkId]()
        async for held in self._index.versions(collection) if collection else _nothing():
            for work_id, version in held:
                expected = confirmed.pop(work_id, None)
                if expected is None:
                    unknown.append(work_id)
                elif version < expected:
                    outdated.append(work_id)
        missing = [work_id for work_id, version in confirmed.items() if version]
        foreign = sorted(set(unknown) - set(await self._documents.on_sale(unknown)))
        if missing or outdated:
            await self._documents.forget_index([*missing, *outdated])
        if foreign and collection:
            await self._index.remove(collection, foreign)
        return IndexReport(
            works=works,
            documents_differed=documents_differed,
            missing=len(missing),
            outdated=len(outdated),
            foreign=len(foreign),
        )


async def _nothing() -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
    empty: Sequence[Sequence[tuple[WorkId, int]]] = ()
    for portion in empty:
        yield portion
