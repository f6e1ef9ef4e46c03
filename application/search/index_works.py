"""Bring what changed in the catalogue into the search."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from application.search.ports import SearchDocuments, SearchIndex
from application.search.rebuild_index import RebuildIndex
from application.shared.answers import SharedAnswers, about_work
from application.shared.measurements import Measurements
from application.shared.unavailable import CacheUnavailable
from domain.shared.clock import Clock
from domain.shared.errors import DomainError
from domain.shared.ids import WorkId

AT_ONCE: Final = 500  # works a round: some tens of milliseconds each way, so that no change is far behind
# Works whose answers are forgotten one by one. What comes in by the hundreds is an import: it would empty the
# caches without a pause, and answers to searches live for half a minute only.
MOST_NAMED: Final = 100
MARKED_AT_ONCE: Final = 20_000  # works in one statement


class IndexWorks:
    """Marked works get their documents made anew, and documents that the index has not confirmed are brought
    to it: each work's newest state, whatever happened to it how often and in which order. Nothing is done
    twice in vain, and nothing is forgotten when a process dies. An index that is new, or was emptied behind
    our back, is built from the whole catalogue; until that is done, the database answers searches.
    """

    def __init__(
        self,
        *,
        documents: SearchDocuments,
        index: SearchIndex | None,
        rebuild: RebuildIndex,
        answers: SharedAnswers,
        clock: Clock,
        measurements: Measurements,
    ) -> None:
        self._documents = documents
        self._index = index
        self._rebuild = rebuild
        self._answers = answers
        self._clock = clock
        self._measurements = measurements

    async def __call__(self) -> tuple[int, DomainError | None]:
        """One round; returns how many works were dealt with, and the engine's trouble if it had any: the
        database's own documents are renewed all the same.
        """
        renewed = await self._documents.renew(AT_ONCE, self._clock.now())
        try:
            indexed = await self._bring()
        except DomainError as trouble:
            if renewed == 0:
                return 0, trouble
            return renewed, None
        return renewed + indexed, None

    async def catch_up(self) -> None:
        """Works that were there before the search was are marked."""
        while await self._documents.mark_unknown(MARKED_AT_ONCE, self._clock.now()) == MARKED_AT_ONCE:
            pass

    async def notice_loss(self) -> None:
        """An engine that lost its index behind our back gets it anew, though nothing changes."""
        if self._index is not None:
            portion = await self._documents.unindexed(1)
            if portion.collection is not None and await self._index.standing() != portion.collection:
                await self._rebuild()

    async def measure(self) -> None:
        """Tell the monitoring how far the index is behind."""
        backlog = await self._documents.backlog(indexed=self._index is not None)
        waited = (self._clock.now() - backlog.oldest).total_seconds() if backlog.oldest else 0.0
        self._measurements.search_waiting(backlog.works, waited)

    async def _bring(self) -> int:
        if self._index is None:
            return 0
        portion = await self._documents.unindexed(AT_ONCE)
        if portion.collection is None or (
            portion.documents and await self._index.standing() != portion.collection
        ):
            await self._rebuild()
            return 1
        if portion.documents:
            await self._index.put(portion.collection, portion.documents)
            await self._documents.indexed(portion.generation, portion.documents)
            await self._forget_answers([one.document.work_id for one in portion.documents])
        return len(portion.documents)

    async def _forget_answers(self, works: Sequence[WorkId]) -> None:
        """Whoever searched between the change and its coming here was answered by the index as it was."""
        if len(works) <= MOST_NAMED:
            # Without the store nothing is shared, and what a process keeps is forgotten within seconds.
            with suppress(CacheUnavailable):
                await self._answers.forget([about_work(work) for work in works])
