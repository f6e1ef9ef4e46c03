"""How a work's document stands in Typesense.

Its text is folded already: words of lower-case letters and digits with single blanks, which the tokeniser
leaves as they are. Each field of words that are looked for by mistyped words has a mirror in which every word
stands backwards (see `reading.py`).
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final, Literal

import msgspec
from typesense.types.collection import CollectionCreateSchema
from typesense.types.collection import RegularCollectionFieldSchema as Field

from application.search.document import Versioned, WorkDocument
from domain.shared.ids import WorkId

WORKS: Final = "octavo_works"  # the alias of the collection that is searched
DIMENSIONS: Final = 384  # of all-MiniLM-L6-v2 and whatever else fits into its place
_KEY_LENGTH: Final = 32  # hexadecimal digits: no two of a million names share them
# What stands in the index and, each word backwards, in its mirror.
MIRRORS: Final = {
    "title_words": "title_mirror",
    "author_words": "author_mirror",
    "series_words": "series_mirror",
}
UNKNOWN: Final = frozenset({"year", "stars"})  # of some works
Kind = Literal["string", "string[]", "int64", "int64[]", "bool"]


class Stored(msgspec.Struct, omit_defaults=True):
    """A document as it is written. What is unknown is left out, so that it is neither counted nor matched."""

    id: str
    ordinal: int
    version: int
    title: str
    authors: Sequence[str]
    title_words: str
    author_words: str
    series_words: str
    description_words: str
    title_mirror: str
    author_mirror: str
    series_mirror: str
    author_keys: Sequence[str]
    categories: Sequence[str]
    formats: Sequence[str]
    languages: Sequence[str]
    prices: Sequence[int]
    price_ranges: Sequence[str]
    min_price: int
    released: int
    rating: int
    rating_count: int
    sold: int
    available: bool
    series: str | None = None
    year: int | None = None
    stars: int | None = None
    vector: Sequence[float] | None = None


def collection_schema(name: str) -> CollectionCreateSchema:
    """A new collection of works."""
    return {
        "name": name,
        "fields": [
            *_fields("string", "title", "series", shown_only=True),
            *_fields("string[]", "authors", shown_only=True),
            *_fields("int64", "version", shown_only=True),
            *_fields("string", *MIRRORS, *MIRRORS.values(), "description_words"),
            *_fields("string[]", "author_keys"),
            *_fields("string[]", "categories", "formats", "languages", "price_ranges", facet=True),
            *_fields("int64", "year", "stars", facet=True),
            *_fields("bool", "available", facet=True),
            *_fields("int64", "ordinal", "sold", "released", "min_price", "rating", "rating_count"),
            *_fields("int64[]", "prices"),
            {"name": "vector", "type": "float[]", "num_dim": DIMENSIONS, "optional": True},
        ],
        "symbols_to_index": ["-"],  # or "science-fiction" and "sciencefiction" were the same shelf
        "default_sorting_field": "sold",
    }


def stored(one: Versioned) -> Stored:
    """A document on sale, as it is written."""
    document = one.document
    return Stored(
        id=id_of(document.work_id),
        ordinal=one.ordinal,
        version=one.version,
        title=document.title,
        authors=document.authors,
        series=document.series,
        title_words=document.title_words,
        author_words=document.author_words,
        series_words=document.series_words,
        description_words=document.description_words,
        **_mirrors(document),
        author_keys=[key_of(key) for key in document.author_keys],
        categories=document.categories,
        formats=document.formats,
        languages=document.languages,
        prices=document.prices,
        price_ranges=document.price_ranges,
        min_price=document.min_price,
        year=document.year,
        released=document.released,
        rating=document.rating,
        rating_count=document.rating_count,
        stars=document.stars or None,
        sold=document.sold,
        available=document.available,
        vector=one.vector,
    )


def id_of(work: WorkId) -> str:
    """A work's name in the index: no hyphens, so that filters need no quotes."""
    return work.hex


def key_of(author: str) -> str:
    """An author's key as digits: an exact match whatever signs a name has, and nothing a filter misreads."""
    return hashlib.sha256(author.encode()).hexdigest()[:_KEY_LENGTH]


def mirrored(text: str) -> str:
    """Every word backwards, in its place."""
    return " ".join(word[::-1] for word in text.split())


def _mirrors(document: WorkDocument) -> dict[str, Any]:
    return {mirror: mirrored(getattr(document, words)) for words, mirror in MIRRORS.items()}


def _fields(kind: Kind, *names: str, facet: bool = False, shown_only: bool = False) -> list[Field]:
    if shown_only:
        return [{"name": name, "type": kind, "index": False, "optional": True} for name in names]
    return [{"name": name, "type": kind, "facet": facet, "optional": name in UNKNOWN} for name in names]
