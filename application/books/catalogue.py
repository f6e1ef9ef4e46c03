"""The catalogue as readers see it: what can be asked, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from domain.books.category import Category
from domain.books.work import Series
from domain.reviews.rating import STARS, StarCounts, average
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money

LONGEST_PAGE: Final = 100  # one screen scrolls through that many; more belongs in an export


class Sort(StrEnum):
    """In which order books are listed; a leading minus turns it round. Bestsellers go by copies sold in the
    last four weeks, then ever. What is not yet published is no new release: it is coming, the soonest first.
    By rating, the best first: a Bayesian mean, where one reader's five stars weigh less than the 4.6 of many.
    """

    BESTSELLERS = "bestsellers"
    NEW = "new"
    COMING = "coming"
    PRICE = "price"
    PRICE_FALLING = "-price"
    TITLE = "title"
    RATING = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuery:
    """Which books to list. `price_min` and `price_max` are minor units and both included;
    a top-level category includes everything under it; `rating_min` is the least average, in whole stars;
    `cursor` is the `next` of the page before.
    """

    category: str | None = None
    author: str | None = None
    format: Format | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    rating_min: int | None = None
    sort: Sort = Sort.BESTSELLERS
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LONGEST_PAGE:
            raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
        for name, bound in (("price_min", self.price_min), ("price_max", self.price_max)):
            if bound is not None and bound < 0:
                raise InvalidInput(name, "Use minor units, 0 or more (1299 is 12.99 USD).")
        if self.rating_min is not None and self.rating_min not in STARS:
            raise InvalidInput("rating_min", f"Use {STARS.start} to {STARS.stop - 1} stars.")
        if self.price_min is not None and self.price_max is not None and self.price_min > self.price_max:
            raise InvalidInput("price_min", "This is above price_max, so nothing could be found.")


@dataclass(frozen=True, slots=True)
class Rating:
    """What readers give the work on average (two decimals, null while nobody has), and how many of them."""

    average: float | None
    count: int

    @classmethod
    def of(cls, stars: int, count: int) -> "Rating":
        """So many stars from so many readers."""
        return cls(_average(stars, count), count)


@dataclass(frozen=True, slots=True)
class RatingDetail:
    """The same, and how many of them gave one star, two stars, …"""

    average: float | None
    count: int
    histogram: Mapping[int, int]

    @classmethod
    def of(cls, counts: StarCounts) -> "RatingDetail":
        """From the work's summary."""
        histogram = dict(zip(STARS, counts.in_order, strict=True))
        return cls(_average(counts.stars, counts.count), counts.count, histogram)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSummary:
    """A line in a list of books."""

    book_id: BookId
    work_id: WorkId
    isbn: str
    title: str
    authors: Sequence[str]
    format: Format
    price: Money
    in_stock: bool
    rating: Rating
    published_date: date | None
    language: str | None
    cover: str | None


@dataclass(frozen=True, slots=True)
class BookPage:
    """Some books, and where to go on; `next` is null on the last page."""

    items: Sequence[BookSummary]
    next: str | None


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether it can be bought now. `available` counts copies nobody holds; null where none run out."""

    in_stock: bool
    available: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiblingEdition:
    """Another edition of the same work."""

    book_id: BookId
    isbn: str
    format: Format
    price: Money
    in_stock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDetail:
    """A book's page: the edition, its work, whether it can be had, and the other editions. `author_keys` and
    `series_key` lead to the pages of its authors and its series.
    """

    book_id: BookId
    work_id: WorkId
    version: int
    isbn: str
    title: str
    authors: Sequence[str]
    format: Format
    price: Money
    availability: Availability
    rating: RatingDetail
    description: str | None
    publisher: str | None
    published_date: date | None
    language: str | None
    pages: int | None
    weight_grams: int | None
    cover: str | None
    categories: Sequence[str]
    series: Series | None
    author_keys: Sequence[str]
    series_key: str | None
    first_published: int | None
    original_language: str | None
    details: Mapping[str, object] = field(default_factory=dict)
    editions: Sequence[SiblingEdition] = ()


class Catalogue(Protocol):
    """Reads for the shop window. It may lag a second behind what was sold."""

    async def list_books(self, query: BookQuery) -> BookPage:
        """One page. Raises InvalidInput for an unknown category or a cursor that is not ours."""
        ...

    async def read_book(self, book_id: BookId) -> BookDetail:
        """One book's page; raises BookNotFound, also for a withdrawn book."""
        ...

    async def list_categories(self) -> Sequence[Category]:
        """Every category, parents first."""
        ...


def _average(stars: int, count: int) -> float | None:
    hundredths = average(stars, count)  # exact until here
    return None if hundredths is None else hundredths / 100
