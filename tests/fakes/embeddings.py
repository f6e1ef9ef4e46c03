"""A model that knows nothing of meaning but shared words, and works with embeddings in memory."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from application.search.work_embeddings import EmbeddedWork, Standing, ToldWork
from domain.search.folding import fold
from domain.shared.ids import WorkId

LONGEST_TEXT = 200  # words; the rest is not read


class BagOfWordsEmbedder:
    """The `Embedder` port: each word is a direction, so texts are near that share words."""

    model = "bag-of-words-1"
    dimensions = 384

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.dimensions
        for word in fold(text).split()[:LONGEST_TEXT] or [""]:
            vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:2]) % self.dimensions] += 1.0
        length = math.hypot(*vector)
        return [part / length for part in vector]


@dataclass
class InMemoryWorkEmbeddings:
    """The `WorkEmbeddings` port over works that tests put there: their text and version, by ordinal."""

    works: dict[WorkId, ToldWork] = field(default_factory=dict)
    vectors: dict[WorkId, Sequence[float]] = field(default_factory=dict)
    waiting: set[WorkId] = field(default_factory=set)
    _noted: dict[WorkId, tuple[str, int]] = field(default_factory=dict)

    def tell(self, work_id: WorkId, text: str) -> None:
        """The work reads so now."""
        kept = self.works.get(work_id)
        if kept is None:
            kept = ToldWork(work_id=work_id, ordinal=len(self.works) + 1, version=0, text="", known=None)
        self.works[work_id] = replace(kept, text=text, version=kept.version + 1)

    async def changed(self, model: str, after: int, limit: int) -> Sequence[ToldWork]:
        behind = sorted((work for work in self.works.values() if work.ordinal > after), key=_ordinal)
        return [w for w in behind if self._noted.get(w.work_id) != (model, w.version)][:limit]

    async def keep(self, model: str, works: Sequence[EmbeddedWork], at: datetime) -> None:
        for work in works:
            if self._noted.get(work.work_id, ("", 0))[1] > work.version:
                continue
            kept, version = self.works[work.work_id], work.version
            if work.embedding is not None:
                self.vectors[work.work_id] = work.embedding
                self.waiting.add(work.work_id)
                version += kept.version == work.version
                self.works[work.work_id] = kept = replace(kept, version=kept.version + 1)
            self.works[work.work_id] = replace(kept, known=work.content_hash)
            self._noted[work.work_id] = (model, version)

    async def standing(self, model: str) -> Standing:
        embedded = [noted for noted, _ in self._noted.values() if noted == model]
        return Standing(len(self.works), len(embedded))


def _ordinal(work: ToldWork) -> int:
    return work.ordinal
