"""Bring what changed in the catalogue into the search."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Final

from application.search.document import WorkDocument
from application.search.ports import SearchDocuments, SearchIndex
from application.search.rebuild_index import RebuildIndex
from application.shared.answers import ABOUT_NEW_WORKS, SharedAnswers, about_word, about_work
from application.shared.measurements import Measurements
from application.shared.unavailable import CacheUnavailable
from domain.shared.clock import Clock
from domain.shared.errors import DomainError
from domain.shared.ids import WorkId

AT_ONCE: Final = 500  # works a round: some tens of milliseconds each way, so that no change is far behind
# Works whose answers are forgotten one by one. What comes in by the hundreds is an import: naming it all
# would empty the caches without a pause, and they are emptied once when it is over.
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
        self._first = set[WorkId]()  # works that are new, until the index has them
        self._taken_in = False  # more of them than could be named

    async def __call__(self) -> tuple[int, DomainError | None]:
        """One round; returns how many works were dealt with, and the engine's trouble if it had any: the
        database's own documents are renewed all the same.
        """
        renewed = await self._documents.renew(AT_ONCE, self._clock.now())
        if self._index is not None:
            self._first.update(renewed.first)
        elif renewed.first:  # the database searches its own documents, which have them by now
            await self._forget(())
        try:
            indexed = await self._bring()
        except DomainError as trouble:
            if renewed.marks == 0:
                return 0, trouble
            return renewed.marks, None
        return renewed.marks + indexed, None

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
        if portion.documents or self._taken_in:
            await self._forget_answers([one.document for one in portion.documents])
        return len(portion.documents)

    async def _forget_answers(self, indexed: Sequence[WorkDocument]) -> None:
        """Whoever searched between the change and its coming here was answered by the index as it was."""
        new = [document for document in indexed if document.work_id in self._first]
        self._first.difference_update(document.work_id for document in new)
        if len(new) > MOST_NAMED:
            self._taken_in = True
            return
        tags = {tag for document in new for tag in _awaiting(document)}
        if len(indexed) <= MOST_NAMED:
            tags |= {about_work(document.work_id) for document in indexed}
        if tags or self._taken_in:
            await self._forget(() if self._taken_in else tags)
            self._taken_in = False

    async def _forget(self, tags: Collection[str]) -> None:
        # Without the store nothing is shared, and what a process keeps is forgotten within seconds.
        with suppress(CacheUnavailable):
            await self._answers.forget(tags)


def _awaiting(new: WorkDocument) -> set[str]:
    """The tags of answers in which it is missing."""
    texts = (new.title_words, new.author_words, new.series_words, new.description_words)
    return {ABOUT_NEW_WORKS, *(about_word(word) for text in texts for word in text.split())}
