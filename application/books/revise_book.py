"""Correct a book."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from application.shared.unit_of_work import UnitOfWork, Work
from domain.books.book import Book
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is said anew. `edition` and `work` hold new values by the names of `EditionFacts` and `WorkFacts`;
    `isbn` and `format` may be repeated, not changed.
    """

    edition: Mapping[str, Any] = field(default_factory=dict)
    work: Mapping[str, Any] = field(default_factory=dict)
    price: Money | None = None
    isbn: Isbn | None = None
    format: Format | None = None


class ReviseBook:
    """Staff corrects or reprices a book, and must have seen its newest version. What belongs to the work
    (authors, description, series) changes for all its editions. Another ISBN or format is another book.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, book_id: BookId, revision: Revision, seen: int | None) -> None:
        """`seen` is the version the change was made on; None: whatever it is. Raises `BookNotFound`,
        `StaleVersion`, `BookIsWithdrawn`, `DuplicateWork`, and `InvalidInput`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            book = await work.books.get(book_id)
            if seen is not None:
                book.expect(seen)
            _demand_same_edition(book, revision)
            written = await work.works.get(book.work_id)
            bears_its_title = book.facts.title == written.facts.title
            await self._revise_edition(work, book, revision, now)
            # An edition that bears the work's own title takes the work along when it is renamed.
            title = book.facts.title if bears_its_title else written.facts.title
            written.revise(replace(written.facts, title=title, **revision.work), at=now)
            await work.works.save(written)

    async def _revise_edition(self, work: Work, book: Book, revision: Revision, now: datetime) -> None:
        facts = replace(book.facts, **revision.edition)
        (await work.categories.tree()).require_known(facts.categories)
        book.revise(facts, at=now)
        if revision.price is not None:
            book.reprice(revision.price, at=now)
        await work.books.save(book)


def _demand_same_edition(book: Book, revision: Revision) -> None:
    if revision.isbn not in {None, book.isbn}:
        raise InvalidInput("isbn", "Another ISBN is another book: withdraw this one and add that one.")
    if revision.format not in {None, book.format}:
        raise InvalidInput("format", "Another format is another book: withdraw this one and add that one.")
