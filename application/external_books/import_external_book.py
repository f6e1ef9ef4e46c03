"""Take a book in by what others say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from application.books.add_book import AddBook
from application.books.catalogue import Catalogue
from application.books.subjects import shelves_for
from application.external_books import cleaning
from application.external_books.ask_around import AskAround
from application.external_books.book import ExternalBook
from application.external_books.errors import AuthorNotTold, BookUnknownElsewhere
from application.external_books.question import Question
from application.shared.unit_of_work import UnitOfWork
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import WorkFacts
from domain.shared.edition_format import Format
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

MOST_KEPT_SUBJECTS: Final = 10  # enough to choose a shelf by


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What staff knows and no source does. `categories` None: the shelves that fit its subjects; `authors`
    stand in where the source names none.
    """

    isbn: Isbn
    format: Format
    price: Money
    categories: tuple[str, ...] | None = None
    authors: tuple[str, ...] = ()


class ImportExternalBook:
    """Staff takes a book in by its ISBN: title, author and description come from the first source that knows
    it, price and format from staff. `details` name the source. What the shop says of a work it knows
    already is not changed by what others say.
    """

    def __init__(
        self, ask_around: AskAround, catalogue: Catalogue, unit_of_work: UnitOfWork, add_book: AddBook
    ) -> None:
        self._ask_around = ask_around
        self._catalogue = catalogue
        self._unit_of_work = unit_of_work
        self._add_book = add_book

    async def __call__(self, wanted: Wanted) -> BookId:
        """Raises `BookUnknownElsewhere`, `BookSourcesUnavailable`, `AuthorNotTold`, `DuplicateIsbn`, and
        `InvalidInput` for an unknown category.
        """
        heard = await self._ask_around(Question(isbn=wanted.isbn))
        if heard is None:
            raise BookUnknownElsewhere(f"Nobody knows {wanted.isbn}.")
        book = heard.kept.told.books[0]
        work = _work(book, wanted)
        if await self._knows(work):
            work = WorkFacts(title=work.title, authors=work.authors)
        categories = wanted.categories
        if categories is None:
            categories = await self._fitting(book.categories)
        return await self._add_book(_entry(book, work, wanted, categories))

    async def _knows(self, facts: WorkFacts) -> bool:
        async with self._unit_of_work() as work:
            return await work.works.by_key(facts.key) is not None

    async def _fitting(self, subjects: Sequence[str]) -> tuple[str, ...]:
        known = {category.slug for category in await self._catalogue.list_categories()}
        return tuple(slug for slug in shelves_for(subjects) if slug in known)


def _work(book: ExternalBook, wanted: Wanted) -> WorkFacts:
    authors = book.authors or wanted.authors
    if not authors:
        raise AuthorNotTold(f"{book.source} does not say who wrote it; send authors.")
    return WorkFacts(title=book.title, authors=authors, description=book.description)


def _entry(
    book: ExternalBook, work: WorkFacts, wanted: Wanted, categories: tuple[str, ...]
) -> CatalogueEntry:
    day = cleaning.day_of(book.published_date)
    details: dict[str, object] = {"source": book.source, "source_id": book.source_id}
    if book.published_date and day is None:
        details["published"] = book.published_date
    if book.categories:
        details["subjects"] = list(book.categories[:MOST_KEPT_SUBJECTS])
    return CatalogueEntry(
        work=work,
        isbn=wanted.isbn,
        format=wanted.format,
        edition=EditionFacts(
            title=book.title,
            publisher=book.publisher,
            published_date=day,
            language=book.language,
            pages=book.pages,
            cover=book.cover,
            categories=categories,
            details=details,
        ),
        price=wanted.price,
    )
