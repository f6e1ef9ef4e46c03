"""Which documents count: one condition for each filter that was given."""

from collections.abc import Mapping
from typing import Final

from application.search.query import Filters

CONDITIONS: Final = {
    "category": "categories @> ARRAY[%(category)s]::text[]",
    "author": "author_keys @> ARRAY[%(author)s]::text[]",
    "format": "formats @> ARRAY[%(format)s]::text[]",
    "language": "languages @> ARRAY[%(language)s]::text[]",
    "price_min": "%(price_min)s <= ANY(prices)",
    "price_max": "min_price <= %(price_max)s",
    # One edition has to meet both bounds.
    "prices": "EXISTS (SELECT FROM unnest(prices) AS p WHERE p BETWEEN %(price_min)s AND %(price_max)s)",
    "rating_min": "stars >= %(rating_min)s",
    "year_min": "year >= %(year_min)s",
    "year_max": "year <= %(year_max)s",
    "in_stock": "available",
}


def conditions(filters: Filters) -> tuple[str, ...]:
    """Names of conditions; together they are the filters."""
    given = set(filters.given)
    if {"price_min", "price_max"} <= given:
        given |= {"prices"}
    return tuple(sorted(given))


def values(filters: Filters) -> Mapping[str, object]:
    """What the conditions compare with."""
    given = {name: getattr(filters, name) for name in filters.given}
    return {name: str(value) if name == "format" else value for name, value in given.items()}
