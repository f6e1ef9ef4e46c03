"""Build the search index anew."""

from collections.abc import Callable

from application.search.ports import SearchDocuments, SearchIndex
from domain.search.errors import SearchUnavailable
from domain.shared.clock import Clock

Watcher = Callable[[int, int], None]  # works brought so far, of how many


class RebuildIndex:
    """The whole catalogue goes into a new collection beside the one that is searched; then that one takes
    over at once. Searches and changes go on meanwhile: what changed since the beginning is brought again.
    If it is broken off, the old collection stays in service and nothing is lost.
    """

    def __init__(self, documents: SearchDocuments, index: SearchIndex | None, clock: Clock) -> None:
        self._documents = documents
        self._index = index
        self._clock = clock

    async def __call__(self, watch: Watcher = lambda _done, _of: None) -> int:
        """Returns how many works the new collection holds. Raises `SearchUnavailable`."""
        if self._index is None:
            raise SearchUnavailable("This shop searches in its database alone: there is no index to build.")
        began, total, done = self._clock.now(), await self._documents.count(), 0
        collection = await self._index.prepare()
        watch(done, total)
        async for portion in self._documents.everything():
            await self._index.put(collection, portion)
            done += len(portion)
            watch(done, total)
        await self._index.switch(collection)
        await self._documents.begin_generation(collection, began)
        return done
