"""What the search needs: engines that find, an index to write, the database behind both."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.search.document import Versioned
from application.search.query import Filters, Wanted
from application.search.results import Found, Hit, WorkCard
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn


class SearchEngine(Protocol):
    """Finds works. Every engine answers the same question with the same works and counts; ranking and
    tolerance of typing errors may differ. Raises `SearchUnavailable` when it does not answer in time.
    """

    name: str

    async def find(self, wanted: Wanted) -> Found:
        """One page. A word of four letters or more may be mistyped; the last one may be unfinished."""
        ...

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        """The works whose texts are most alike in meaning, best first; `value` is the similarity in
        thousandths. Empty where nothing is embedded.
        """
        ...


class SearchIndex(Protocol):
    """The writing side of an engine that keeps an index of its own. A document never replaces a newer one.
    Raises `SearchUnavailable`.
    """

    async def standing(self) -> str | None:
        """The collection that is searched now; None where there is none (a new or emptied engine)."""
        ...

    async def prepare(self) -> str:
        """Make a new, empty collection beside the others and return its name."""
        ...

    async def put(self, collection: str, documents: Sequence[Versioned]) -> None:
        """Write these (and remove those no longer on sale) unless the collection has newer ones."""
        ...

    async def switch(self, collection: str) -> None:
        """From now on this one is searched; the others are dropped."""
        ...

    def versions(self, collection: str) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        """What it holds, in portions."""
        ...

    async def remove(self, collection: str, works: Sequence[WorkId]) -> None:
        """These are no works of the shop."""
        ...


@dataclass(frozen=True, slots=True)
class Renewal:
    """How many marks were dealt with, and which works had no document before."""

    marks: int
    first: Sequence[WorkId] = ()


@dataclass(frozen=True, slots=True)
class Backlog:
    """Works whose change is not in the index yet, and since when the oldest waits."""

    works: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Portion:
    """Documents for the index, and the generation of the index they are meant for."""

    generation: int
    collection: str | None
    documents: Sequence[Versioned]


class SearchDocuments(Protocol):
    """The documents in the database: made from the catalogue, searched by the second engine, and what the
    index must equal.
    """

    async def mark(self, works: Sequence[WorkId], at: datetime) -> None:
        """These may read differently now."""
        ...

    async def mark_books(self, books: Sequence[BookId], at: datetime) -> None:
        """The works of these editions may."""
        ...

    async def mark_unknown(self, limit: int, at: datetime) -> int:
        """Works of the catalogue without a document; returns how many were marked."""
        ...

    async def renew(self, limit: int, at: datetime) -> Renewal:
        """Make the documents of the longest marked works anew; what differs gets the next version. A work
        marked meanwhile stays marked.
        """
        ...

    async def recheck(self, after: WorkId | None, limit: int, at: datetime) -> tuple[WorkId | None, int]:
        """Compare documents with the catalogue in the order of ids, whatever is marked, and renew what
        differs. Returns where to go on (None: done) and how many differed.
        """
        ...

    async def unindexed(self, limit: int) -> Portion:
        """Documents whose newest version the index has not confirmed, the longest waiting first."""
        ...

    async def indexed(self, generation: int, documents: Sequence[Versioned]) -> None:
        """The index of that generation has these versions. Another generation's word does not count."""
        ...

    async def begin_generation(self, collection: str, since: datetime) -> None:
        """From now on `collection` is the index; what changed since that moment waits for it anew."""
        ...

    async def forget_index(self, works: Sequence[WorkId]) -> None:
        """The index lost these: they wait for it anew."""
        ...

    def everything(self) -> AsyncIterator[Sequence[Versioned]]:
        """All documents on sale, in portions, as they are when their portion is read."""
        ...

    def confirmed(self) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        """For all documents on sale, in portions, the version that the index has confirmed; 0: it waits."""
        ...

    async def on_sale(self, works: Sequence[WorkId]) -> Collection[WorkId]:
        """Those of them whose document is on sale."""
        ...

    async def backlog(self, *, indexed: bool = True) -> Backlog:
        """Both: works that are marked, and documents the index has not confirmed. The former alone where
        there is no index.
        """
        ...

    async def count(self) -> int:
        """How many works are on sale."""
        ...


class WorkCards(Protocol):
    """Works as they are now, for what is shown."""

    async def cards(self, works: Sequence[WorkId]) -> Mapping[WorkId, WorkCard]:
        """Those with an edition on sale."""
        ...

    async def work_of(self, isbn: Isbn) -> WorkId | None:
        """The work of an edition on sale."""
        ...


class Speller(Protocol):
    """Knows the words of the catalogue."""

    async def correct(self, words: Sequence[str]) -> Mapping[str, str]:
        """For each folded word that no work has: the likeliest one meant, if there is one."""
        ...
