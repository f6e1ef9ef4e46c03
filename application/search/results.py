"""What the search answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from application.search.query import Facet, Mode
from domain.books.work import Series
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class FacetCount:
    """So many of the works found have this value."""

    value: str
    count: int


def most_frequent_first(counts: Iterable[tuple[str, int]]) -> tuple[FacetCount, ...]:
    """The one order of counts, whichever engine counted; equal ones in the order of their values."""
    return tuple(FacetCount(value, count) for value, count in sorted(counts, key=lambda c: (-c[1], c[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A work as an engine found it. `value` is what it was ordered by (nothing to compare across engines);
    `matched` are the folded words of the index that met the question; title and authors are as indexed.
    """

    work_id: WorkId
    ordinal: int
    value: int
    title: str
    authors: tuple[str, ...]
    series: str | None = None
    matched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an engine: hits, how many works there are in all, and the counts that were asked for."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[Facet, Sequence[FacetCount]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """The mean of all ratings (1 to 5, two decimals; null without any), and how many there are."""

    average: float | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitBook:
    """An edition on sale, with its price and availability as they are now."""

    id: BookId
    isbn: str
    format: Format
    price: Money
    available: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCard:
    """A work as it is shown: facts and editions from the database, not from the index."""

    work_id: WorkId
    title: str
    authors: Sequence[str]
    series: Series | None
    rating: RatingSummary
    cover: str | None
    description: str | None
    books: Sequence[HitBook]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchItem:
    """One work found. `highlights` hold the matched places, safe for HTML, the words in <mark>."""

    work_id: WorkId
    title: str
    authors: Sequence[str]
    series: Series | None
    rating: RatingSummary
    cover: str | None
    highlights: Mapping[str, str]
    books: Sequence[HitBook]


@dataclass(frozen=True, slots=True)
class Hint:
    """What could be left out to find something, and how much that would be."""

    without: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Some works. `total` is all there are; `next` leads on, null at the end. `engine` and `mode` say who
    answered and how; `did_you_mean` and `hints` help when little or nothing was found.
    """

    items: Sequence[SearchItem]
    facets: Mapping[Facet, Sequence[FacetCount]]
    total: int
    next: str | None
    engine: str
    mode: Mode
    did_you_mean: str | None = None
    hints: Sequence[Hint] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the reader may be about to type. `kind` is title, author, series or category."""

    kind: str
    text: str
    work_id: WorkId | None = None
    key: str | None = None
