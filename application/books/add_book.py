"""Take a new edition into the catalogue."""

from dataclasses import replace
from datetime import datetime

from application.shared.unit_of_work import UnitOfWork, Work
from domain.books.book import Book
from domain.books.entry import CatalogueEntry
from domain.books.work import Work as BookWork
from domain.books.work import WorkFacts
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, IdSource, WorkId


class AddBook:
    """Staff adds an edition. It joins the work that is named, or the one of its title and authors, or founds
    a new one; what the newest entry says about a work holds for all its editions. An ISBN is taken once.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(self, entry: CatalogueEntry, work_id: WorkId | None = None) -> BookId:
        """Raises `DuplicateIsbn`, `WorkNotFound`, and `InvalidInput` for an unknown category or authors who
        are not those of the named work.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            (await work.categories.tree()).require_known(entry.edition.categories)
            book = Book.add(
                id=BookId(self._ids.new()),
                work_id=await self._work_of(work, entry, work_id, now),
                isbn=entry.isbn,
                format=entry.format,
                facts=entry.edition,
                price=entry.price,
                at=now,
            )
            await work.books.add(book)
        return book.id

    async def _work_of(
        self, work: Work, entry: CatalogueEntry, work_id: WorkId | None, now: datetime
    ) -> WorkId:
        known = await work.works.get(work_id) if work_id else await work.works.by_key(entry.work.key)
        if known is None:
            known = BookWork(id=WorkId(self._ids.new()), facts=entry.work)
            await work.works.add(known)
            return known.id
        if work_id and known.facts.authors != entry.work.authors:
            raise InvalidInput("authors", f"That work is by {', '.join(known.facts.authors)}.")
        known.revise(_completed(known.facts, entry.work), at=now)
        await work.works.save(known)
        return known.id


def _completed(known: WorkFacts, told: WorkFacts) -> WorkFacts:
    return replace(
        known,
        language=told.language or known.language,
        first_published=known.first_published if told.first_published is None else told.first_published,
        series=told.series or known.series,
        description=told.description or known.description,
    )
