"""The search's documents, cards and words in memory, over whatever catalogue a test or a story keeps."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count

from application.search.document import CatalogueWork, Versioned, document_of
from application.search.ports import Backlog, Portion, Renewal
from application.search.results import WorkCard
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn

PORTION = 2


class InMemoryDocuments:
    """The `SearchDocuments` port. `catalogue` gives all works as they are now."""

    def __init__(
        self,
        catalogue: Callable[[], Iterable[CatalogueWork]],
        work_of: Callable[[BookId], WorkId] = WorkId,
    ) -> None:
        self._catalogue = catalogue
        self._work_of = work_of
        self._ordinals = count(1)
        self.marked: dict[WorkId, datetime] = {}
        self.made: dict[WorkId, Versioned] = {}
        self._changed: dict[WorkId, datetime] = {}
        self._confirmed: dict[WorkId, int] = {}
        self._generation, self._collection = 0, None

    async def mark(self, works: Sequence[WorkId], at: datetime) -> None:
        for work in works:
            self.marked.setdefault(work, at)

    async def mark_books(self, books: Sequence[BookId], at: datetime) -> None:
        await self.mark([self._work_of(book) for book in books], at)

    async def mark_unknown(self, limit: int, at: datetime) -> int:
        known = self.made.keys() | self.marked.keys()
        unknown = [work.id for work in self._catalogue() if work.id not in known][:limit]
        await self.mark(unknown, at)
        return len(unknown)

    async def renew(self, limit: int, at: datetime) -> Renewal:
        known = {work.id: work for work in self._catalogue()}
        longest = sorted(self.marked, key=lambda work: self.marked[work])[:limit]
        first = [work for work in longest if work in known and work not in self.made]
        for work in longest:
            del self.marked[work]
            if work in known:
                self._renew(known[work], at)
        return Renewal(len(longest), first)

    def _renew(self, work: CatalogueWork, at: datetime) -> bool:
        document, before = document_of(work), self.made.get(work.id)
        if before and before.document == document:
            return False
        ordinal = before.ordinal if before else next(self._ordinals)
        self.made[work.id] = Versioned(document, before.version + 1 if before else 1, ordinal)
        self._changed[work.id] = at
        return True

    async def recheck(self, after: WorkId | None, limit: int, at: datetime) -> tuple[WorkId | None, int]:
        works = sorted(self._catalogue(), key=lambda work: work.id)
        portion = [work for work in works if after is None or work.id > after][:limit]
        differed = sum(self._renew(work, at) for work in portion)
        return (portion[-1].id if len(portion) == limit else None), differed

    async def unindexed(self, limit: int) -> Portion:
        waiting = [work for work, made in self.made.items() if self._confirmed.get(work, 0) < made.version]
        longest = sorted(waiting, key=lambda work: self._changed[work])[:limit]
        return Portion(self._generation, self._collection, [self.made[work] for work in longest])

    async def indexed(self, generation: int, documents: Sequence[Versioned]) -> None:
        if generation == self._generation:
            for one in documents:
                work = one.document.work_id
                self._confirmed[work] = max(one.version, self._confirmed.get(work, 0))

    async def begin_generation(self, collection: str, since: datetime) -> None:
        self._generation, self._collection = self._generation + 1, collection
        self._confirmed = {
            work: made.version for work, made in self.made.items() if self._changed[work] < since
        }

    async def forget_index(self, works: Sequence[WorkId]) -> None:
        for work in works:
            self._confirmed.pop(work, None)

    async def everything(self) -> AsyncIterator[Sequence[Versioned]]:
        ids = [work for work, made in self.made.items() if made.document.on_sale]
        for start in range(0, len(ids), PORTION):
            yield [self.made[work] for work in ids[start : start + PORTION]]

    async def confirmed(self) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        for work, made in list(self.made.items()):
            if made.document.on_sale:
                yield [(work, 0 if self._behind(work) else made.version)]

    async def on_sale(self, works: Sequence[WorkId]) -> Collection[WorkId]:
        return {work for work in works if work in self.made and self.made[work].document.on_sale}

    async def backlog(self, *, indexed: bool = True) -> Backlog:
        behind = {work: self._changed[work] for work in self.made if indexed and self._behind(work)}
        waiting = behind | self.marked
        return Backlog(len(waiting), min(waiting.values(), default=None))

    def _behind(self, work: WorkId) -> bool:
        return self._confirmed.get(work, 0) < self.made[work].version

    async def count(self) -> int:
        return sum(made.document.on_sale for made in self.made.values())


class InMemoryCards:
    """The `WorkCards` port."""

    def __init__(self, all_cards: Callable[[], Iterable[WorkCard]]) -> None:
        self._all = all_cards

    async def cards(self, works: Sequence[WorkId]) -> Mapping[WorkId, WorkCard]:
        return {card.work_id: card for card in self._all() if card.work_id in works and card.books}

    async def work_of(self, isbn: Isbn) -> WorkId | None:
        found = (card.work_id for card in self._all() if isbn.value in {book.isbn for book in card.books})
        return next(found, None)


class InMemorySpeller:
    """The `Speller` port, told what each mistyped word means."""

    def __init__(self, corrections: Mapping[str, str] | None = None) -> None:
        self._corrections = corrections or {}

    async def correct(self, words: Sequence[str]) -> Mapping[str, str]:
        return {word: self._corrections[word] for word in words if word in self._corrections}
