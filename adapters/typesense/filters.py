"""Conditions on works, in Typesense's own words. Whatever a visitor wrote in them is only ever a value."""

from collections.abc import Iterator
from typing import Final

from adapters.typesense.schema import key_of
from application.search.query import Filters, Place, SearchSort, Wanted

LARGEST: Final = 2**63 - 1  # the furthest whole number it takes, either way
NOBODY: Final = -1  # no work has this ordinal

# By which value each order goes, and whether it rises. Works with the same value go by ordinal, the same way.
ORDER: Final = {
    SearchSort.BESTSELLERS: ("sold", False),
    SearchSort.NEW: ("released", False),
    SearchSort.PRICE: ("min_price", True),
    SearchSort.PRICE_FALLING: ("min_price", False),
    SearchSort.RATING: ("rating", False),
}


def condition(wanted: Wanted) -> str:
    """Which works count at all; empty: all."""
    return " && ".join((*_conditions(wanted.filters), *_words_of_authors(wanted), *_alone(wanted)))


def conditions_of(filters: Filters) -> str:
    """The same for filters alone."""
    return " && ".join(_conditions(filters))


def behind(sort: SearchSort, place: Place) -> str:
    """Works that come after a place in an order by value."""
    field, rises = ORDER[sort]
    beyond, value = ">" if rises else "<", _number(place.value)
    return f"({field}:{beyond}{value} || ({field}:={value} && ordinal:{beyond}{_number(place.ordinal)}))"


def _conditions(filters: Filters) -> Iterator[str]:
    if filters.category is not None:
        yield f"categories:={_quoted(filters.category)}"
    if filters.author is not None:
        yield f"author_keys:={key_of(filters.author)}"
    if filters.format is not None:
        yield f"formats:={_quoted(filters.format)}"
    if filters.language is not None:
        yield f"languages:={_quoted(filters.language)}"
    if filters.price_min is not None or filters.price_max is not None:
        yield f"prices:{_range(filters.price_min, filters.price_max)}"  # of one and the same edition
    if filters.rating_min is not None:
        yield f"stars:>={filters.rating_min}"
    if filters.year_min is not None or filters.year_max is not None:
        yield f"year:{_range(filters.year_min, filters.year_max)}"
    if filters.in_stock:
        yield "available:=true"


def _words_of_authors(wanted: Wanted) -> Iterator[str]:
    return (f"author_words:{_quoted(word)}" for word in wanted.by.words)


def _alone(wanted: Wanted) -> Iterator[str]:
    if wanted.only is not None:
        yield f"ordinal:[{','.join(map(str, wanted.only or (NOBODY,)))}]"


def _range(least: int | None, most: int | None) -> str:
    low = -LARGEST if least is None else _number(least)
    high = LARGEST if most is None else _number(most)
    return f"[{low}..{high}]"


def _number(number: int) -> int:
    return max(-LARGEST, min(LARGEST, number))


def _quoted(value: str) -> str:
    """As one value, whatever signs it has. A backtick, which would end it, is in no value of ours."""
    return f"`{value.replace('`', ' ')}`"
