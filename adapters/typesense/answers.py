"""What Typesense answers, as far as it is read."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from adapters.typesense.reading import Reading
from application.search.query import Facet
from application.search.results import FacetCount, Hit, most_frequent_first
from domain.search.errors import SearchUnavailable
from domain.shared.ids import WorkId

OPEN, CLOSE = "<", ">"  # around what was met; no folded text has them
HIGHLIGHTED: Final = {"highlight_start_tag": OPEN, "highlight_end_tag": CLOSE}
FIELD_OF: Final = {
    Facet.CATEGORY: "categories",
    Facet.PRICE: "price_ranges",
    Facet.RATING: "stars",
    Facet.FORMAT: "formats",
    Facet.LANGUAGE: "languages",
    Facet.YEAR: "year",
    Facet.AVAILABILITY: "available",
}
_FACET_OF: Final = {field: facet for facet, field in FIELD_OF.items()}


class _Document(msgspec.Struct):
    id: str
    ordinal: int = 0
    version: int = 0
    title: str = ""
    authors: tuple[str, ...] = ()
    series: str | None = None
    sold: int = 0
    released: int = 0
    min_price: int = 0
    rating: int = 0


class _Highlight(msgspec.Struct):
    value: str = ""  # the whole field
    snippet: str = ""  # or a piece of it


class _Hit(msgspec.Struct):
    document: _Document
    highlights: list[_Highlight] = []
    text_match: int = 0
    vector_distance: float = 0.0


class _Count(msgspec.Struct):
    value: str
    count: int


class _FacetCounts(msgspec.Struct):
    field_name: str
    counts: list[_Count]


class Result(msgspec.Struct):
    """The answer to one of the searches in a request."""

    found: int
    hits: list[_Hit] = []
    facet_counts: list[_FacetCounts] = []
    search_cutoff: bool = False

    def facets(self) -> dict[Facet, Sequence[FacetCount]]:
        """The counts that were asked for."""
        return {
            _FACET_OF[facet.field_name]: most_frequent_first((one.value, one.count) for one in facet.counts)
            for facet in self.facet_counts
        }


def results_of(answer: Mapping[str, Any]) -> list[Result]:
    """Each search of a request succeeds or says why not, which is `SearchUnavailable`."""
    for result in answer["results"]:
        if "error" in result:
            raise SearchUnavailable(f"The search engine refuses: {result['error']}")
    return msgspec.convert(answer["results"], list[Result])


def hit_of(hit: _Hit, value: int, reading: Reading) -> Hit:
    """A work, with what it is ordered by."""
    return Hit(
        work_id=WorkId(UUID(hex=hit.document.id)),
        ordinal=hit.document.ordinal,
        value=value,
        title=hit.document.title,
        authors=hit.document.authors,
        series=hit.document.series,
        matched=tuple(dict.fromkeys(word for each in hit.highlights for word in _met(each, reading))),
    )


def similarity_of(hit: _Hit) -> int:
    """In thousandths."""
    return round(1000 * (1 - hit.vector_distance))


def _met(highlight: _Highlight, reading: Reading) -> list[str]:
    """Whole words of the index: of an unfinished one only the beginning is marked."""
    marked = [word for word in (highlight.value or highlight.snippet).split() if OPEN in word]
    plain = " ".join(marked).replace(OPEN, "").replace(CLOSE, "")
    return reading.words_as_indexed(plain).split()
