"""Which works the shop knows the meaning of, and where that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shared.ids import WorkId


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldWork:
    """What there is to embed of a work, as its document stood at `version`. `known` is the content hash of
    the embedding that it has.
    """

    work_id: WorkId
    ordinal: int
    version: int
    text: str
    known: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedWork:
    """A work whose text was looked at. `embedding` is None where the one it has still holds."""

    work_id: WorkId
    version: int
    content_hash: bytes
    embedding: Sequence[float] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many works are on sale, and how many of them have an embedding of the model."""

    works: int
    embedded: int


class WorkEmbeddings(Protocol):
    """The embeddings of works, in the database, one for each."""

    async def changed(self, model: str, after: int, limit: int) -> Sequence[ToldWork]:
        """Works on sale whose document has moved since they were looked at for this model, in the order of
        their ordinals, behind `after`.
        """
        ...

    async def keep(self, model: str, works: Sequence[EmbeddedWork], at: datetime) -> None:
        """Note these, all or none. What was noted at a later version stays. A work with a new embedding gets
        the next version of its document, so that the index hears of it.
        """
        ...

    async def standing(self, model: str) -> Standing:
        """How far the shop is."""
        ...
