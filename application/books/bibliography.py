"""Works as readers see them: by themselves, by author, by series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from application.books.catalogue import LONGEST_PAGE, Rating
from domain.books.text import matching_key
from domain.books.work import Series
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money

LONGEST_PREFIX: Final = 200  # characters: the longest name there is


class WorkSort(StrEnum):
    """In which order an author's works are listed. Bestsellers go by copies of all editions sold in the last
    four weeks, then ever; newest by the year of the work, or else of its earliest edition.
    """

    BESTSELLERS = "bestsellers"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which page of a list; `cursor` is the `next` of the page before."""

    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LONGEST_PAGE:
            raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEdition:
    """An edition on sale, among those of its work."""

    book_id: BookId
    isbn: str
    title: str
    format: Format
    price: Money
    in_stock: bool
    publisher: str | None
    published_date: date | None
    language: str | None
    cover: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSummary:
    """A work in a list, with all its editions on sale, the cheapest first. `author_keys` and `series_key`
    lead to the pages of its authors and its series.
    """

    work_id: WorkId
    title: str
    authors: Sequence[str]
    author_keys: Sequence[str]
    series: Series | None
    series_key: str | None
    rating: Rating
    first_published: int | None
    original_language: str | None
    editions: Sequence[WorkEdition]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDetail(WorkSummary):
    """A work's own page."""

    description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorEntry:
    """An author, under the name that is printed most often, and how many works are on sale."""

    author_key: str
    name: str
    works: int


@dataclass(frozen=True, slots=True)
class AuthorList:
    """Some authors, and where to go on."""

    items: Sequence[AuthorEntry]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPage(AuthorEntry):
    """An author with some of the works, and where to go on."""

    items: Sequence[WorkSummary]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEntry:
    """A series, its first author, and how many of its works are on sale."""

    series_key: str
    name: str
    author: str
    author_key: str
    works: int


@dataclass(frozen=True, slots=True)
class SeriesList:
    """Some series, and where to go on."""

    items: Sequence[SeriesEntry]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage(SeriesEntry):
    """A series with some of its works in reading order, and where to go on. `same_name` are series that bear
    the same name and begin with another author: a continuation by another hand, or none of its business.
    """

    same_name: Sequence[SeriesEntry]
    items: Sequence[WorkSummary]
    next: str | None


def beginning_of_key(name: str) -> str:
    """What the keys of all names begin with that begin so; blank for all of them."""
    if len(name) > LONGEST_PREFIX:
        raise InvalidInput("q", f"Use at most {LONGEST_PREFIX} characters.")
    return matching_key(name) if name.strip() else ""


class Bibliography(Protocol):
    """Reads over works with an edition on sale. A foreign cursor is refused with InvalidInput."""

    async def work(self, work_id: WorkId) -> WorkDetail:
        """One work; raises WorkNotFound."""
        ...

    async def authors(self, beginning: str, page: PageQuery) -> AuthorList:
        """In the order of their keys, those whose key begins so."""
        ...

    async def author(self, key: str, sort: WorkSort, page: PageQuery) -> AuthorPage:
        """One author; raises AuthorNotFound."""
        ...

    async def all_series(self, beginning: str, page: PageQuery) -> SeriesList:
        """In the order of their keys, those whose key begins so."""
        ...

    async def series(self, key: str, page: PageQuery) -> SeriesPage:
        """One series; raises SeriesNotFound."""
        ...
