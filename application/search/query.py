"""What can be asked of the search."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.search.text import SearchText
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput

LONGEST_PAGE: Final = 100  # works; more belongs in an export
BEST_RATING: Final = 5


class Mode(StrEnum):
    """How works are found: by their words, by what they are about, or by both."""

    KEYWORD = "keyword"
    SEMANTIC = "semantic"
    HYBRID = "hybrid"


class Scope(StrEnum):
    """Where the words are looked for."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    AUTHOR = "author"


class SearchSort(StrEnum):
    """In which order works are shown. A work's price is that of its cheapest edition."""

    RELEVANCE = "relevance"
    BESTSELLERS = "bestsellers"
    NEW = "new"
    PRICE = "price"
    PRICE_FALLING = "-price"
    RATING = "rating"


class Facet(StrEnum):
    """By what the works found are counted. A work counts once in each value that one of its editions has."""

    CATEGORY = "category"
    PRICE = "price"
    RATING = "rating"
    FORMAT = "format"
    LANGUAGE = "language"
    YEAR = "year"
    AVAILABILITY = "availability"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which works count at all. Each condition holds for a work when one of its editions on sale meets it
    (not necessarily the same edition for all conditions). Prices are minor units, bounds are included.
    `author` is an author's key; a category includes everything under it.
    """

    category: str | None = None
    author: str | None = None
    format: Format | None = None
    language: str | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min: int | None = None
    year_min: int | None = None
    year_max: int | None = None
    in_stock: bool = False

    def __post_init__(self) -> None:
        for name in ("price_min", "price_max"):
            bound = getattr(self, name)
            if bound is not None and bound < 0:
                raise InvalidInput(name, "Use minor units, 0 or more (1299 is 12.99 USD).")
        if self.rating_min is not None and not 1 <= self.rating_min <= BEST_RATING:
            raise InvalidInput("rating_min", f"Use 1 to {BEST_RATING} stars.")
        for least, most in (("price_min", "price_max"), ("year_min", "year_max")):
            low, high = getattr(self, least), getattr(self, most)
            if low is not None and high is not None and low > high:
                raise InvalidInput(least, f"This is above {most}, so nothing could be found.")

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the conditions that were set."""
        return tuple(name for name in self.__slots__ if getattr(self, name) not in {None, False})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended in an order by value: the next begins behind it. `ordinal` breaks ties."""

    value: int
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One page as an engine is asked for it. With words, `text` must be met in `scope`; `by` are whole words
    that must stand among the authors besides. Ordered by relevance, works in `seen` (their ordinals) are
    left out; in any other order the page begins behind `after`. `total` and facets count everything all the
    same; if nobody looks at `total` (not `counted`), it may be as little as what is shown.
    """

    text: SearchText = field(default_factory=SearchText)
    scope: Scope = Scope.ANYWHERE
    by: SearchText = field(default_factory=SearchText)
    filters: Filters = field(default_factory=Filters)
    facets: Sequence[Facet] = ()
    sort: SearchSort = SearchSort.RELEVANCE
    limit: int = 20
    seen: tuple[int, ...] = ()
    after: Place | None = None
    only: tuple[int, ...] | None = None  # ordinals: count and show among these alone
    counted: bool = True

    @property
    def needed(self) -> SearchText:
        """The words that must be met; to whoever is still typing, all of them tell where a title begins."""
        return self.text.needed if self.counted else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What a visitor asks for; `cursor` is the `next` of the page before."""

    text: SearchText = field(default_factory=SearchText)
    scope: Scope = Scope.ANYWHERE
    by: SearchText = field(default_factory=SearchText)
    filters: Filters = field(default_factory=Filters)
    facets: tuple[Facet, ...] = ()
    sort: SearchSort = SearchSort.RELEVANCE
    mode: Mode | None = None  # None: hybrid where the shop knows what works are about, keyword elsewhere
    limit: int = 20
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LONGEST_PAGE:
            raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
