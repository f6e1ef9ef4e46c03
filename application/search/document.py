"""What the search knows of a work: made from the catalogue's facts, the same for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.books.text import matching_key
from domain.books.work import WorkFacts
from domain.search.folding import fold
from domain.search.ranges import price_range
from domain.shared.ids import WorkId

LONGEST_INDEXED: Final = 2_000  # characters of a description: what a reader might remember stands in front
NO_DATE: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedEdition:
    """An edition on sale, as far as it can be searched."""

    isbn: str
    format: str
    title: str
    price: int
    language: str | None
    published_date: date | None
    summary: str | None
    available: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueWork:
    """The facts: a work, its editions on sale, the slugs of its categories and of those above them, the sum
    and number of its ratings, and the copies sold that make it popular.
    """

    id: WorkId
    facts: WorkFacts
    editions: Sequence[IndexedEdition]
    categories: Sequence[str]
    rating_sum: int = 0
    rating_count: int = 0
    sold: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDocument:
    """One work in the index. Text in `*_words` is folded; `rating` is the mean times 100; `released` is the
    day of the newest edition as a proleptic ordinal, 0 if unknown. A document that is not `on_sale` is a
    tombstone: it has left the shop and no engine shows it.
    """

    work_id: WorkId
    on_sale: bool
    title: str
    authors: tuple[str, ...]
    series: str | None
    title_words: str
    author_words: str
    series_words: str
    description_words: str
    author_keys: tuple[str, ...]
    isbns: tuple[str, ...]
    categories: tuple[str, ...]
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    prices: tuple[int, ...]
    price_ranges: tuple[str, ...]
    min_price: int
    year: int | None
    released: int
    rating: int
    rating_count: int
    stars: int  # whole stars, rounded down; 0 without ratings
    sold: int
    available: bool


@dataclass(frozen=True, slots=True)
class Versioned:
    """A document as it stood at a version: those of one work only grow. `ordinal` is the work's number,
    `vector` what the work is about, where the shop knows that.
    """

    document: WorkDocument
    version: int
    ordinal: int
    vector: Sequence[float] | None = None


def document_of(work: CatalogueWork) -> WorkDocument:
    """The document of a work."""
    facts, editions = work.facts, work.editions
    titles = dict.fromkeys([facts.title, *(edition.title for edition in editions)])
    years = [e.published_date.year for e in editions if e.published_date]
    prices = tuple(sorted({edition.price for edition in editions}))
    rating = _mean(work.rating_sum, work.rating_count)
    return WorkDocument(
        work_id=work.id,
        on_sale=bool(editions),
        title=facts.title,
        authors=facts.authors,
        series=facts.series.name if facts.series else None,
        title_words=" ".join(dict.fromkeys(map(fold, titles))),
        author_words=" ".join(map(fold, facts.authors)),
        series_words=_series_words(facts),
        description_words=_description_words(work),
        author_keys=tuple(map(matching_key, facts.authors)),
        isbns=tuple(sorted(edition.isbn for edition in editions)),
        categories=tuple(work.categories),
        formats=tuple(sorted({edition.format for edition in editions})),
        languages=tuple(sorted({_primary(e.language) for e in editions if e.language})),
        prices=prices,
        price_ranges=tuple(dict.fromkeys(map(price_range, prices))),
        min_price=prices[0] if prices else 0,
        year=facts.first_published if facts.first_published is not None else min(years, default=None),
        released=max((e.published_date.toordinal() for e in editions if e.published_date), default=NO_DATE),
        rating=rating,
        rating_count=work.rating_count,
        stars=rating // 100,
        sold=work.sold,
        available=any(edition.available for edition in editions),
    )


def _mean(total: int, count: int) -> int:
    """In hundredths, rounded half up."""
    return (200 * total + count) // (2 * count) if count else 0


def _series_words(facts: WorkFacts) -> str:
    series = facts.series
    return fold(f"{series.name} {series.number or ''}") if series else ""


def _description_words(work: CatalogueWork) -> str:
    told = [work.facts.description, *(edition.summary for edition in work.editions)]
    texts = dict.fromkeys(text[:LONGEST_INDEXED] for text in told if text)
    return " ".join(map(fold, texts))


def _primary(language: str) -> str:
    """Readers look for English, not for en-GB."""
    return language.partition("-")[0]
