"""Learn what works are about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from application.search.embeddings import Embedder
from application.search.work_embeddings import EmbeddedWork, ToldWork, WorkEmbeddings
from domain.search.meaning import content_hash
from domain.shared.clock import Clock

# About a second of work: little is repeated after a kill, and a commit costs nothing beside it.
AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class EmbedTally:
    """Works looked at so far, and how many of them were embedded because their text was new."""

    looked_at: int = 0
    embedded: int = 0


Watcher = Callable[[EmbedTally], None]


class EmbedWorks:
    """Every work on sale whose text reads differently from what was embedded, or was embedded by another
    model, is embedded anew; whose price alone moved, is not. Nothing is held while the model thinks. What is
    done stays done: it may be stopped at any time, goes on where it was, and doing it twice changes nothing.
    """

    def __init__(self, embedder: Embedder, embeddings: WorkEmbeddings, clock: Clock) -> None:
        self._embedder = embedder
        self._embeddings = embeddings
        self._clock = clock

    async def __call__(self, watch: Watcher = lambda _: None) -> EmbedTally:
        """One pass over all works. What changes meanwhile is for the next one."""
        model, tally, after = self._embedder.model, EmbedTally(), 0
        while works := await self._embeddings.changed(model, after, AT_ONCE):
            looked_at = await self._looked_at(works)
            await self._embeddings.keep(model, looked_at, self._clock.now())
            after = works[-1].ordinal
            tally = replace(
                tally,
                looked_at=tally.looked_at + len(works),
                embedded=tally.embedded + sum(work.embedding is not None for work in looked_at),
            )
            watch(tally)
        return tally

    async def _looked_at(self, works: Sequence[ToldWork]) -> list[EmbeddedWork]:
        hashes = [content_hash(self._embedder.model, work.text) for work in works]
        new = [work for work, found in zip(works, hashes, strict=True) if found != work.known]
        vectors = await self._embedder.embed([work.text for work in new])
        meanings = {work.work_id: vector for work, vector in zip(new, vectors, strict=True)}
        return [
            EmbeddedWork(
                work_id=work.work_id,
                version=work.version,
                content_hash=found,
                embedding=meanings.get(work.work_id),
            )
            for work, found in zip(works, hashes, strict=True)
        ]
