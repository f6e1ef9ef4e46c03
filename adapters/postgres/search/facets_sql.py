"""Counting what was found, by every facet in one pass."""

from collections.abc import Sequence
from typing import Final

from application.search.query import Facet

# The column of each facet, and the values in it. Lists are counted as they stand and taken apart then: there
# are few different ones.
_FACETS: Final = {
    Facet.CATEGORY: ("categories", "unnest(categories)"),
    Facet.PRICE: ("price_ranges", "unnest(price_ranges)"),
    Facet.RATING: ("stars", "nullif(stars, 0)::text"),
    Facet.FORMAT: ("formats", "unnest(formats)"),
    Facet.LANGUAGE: ("languages", "unnest(languages)"),
    Facet.YEAR: ("year", "year::text"),
    Facet.AVAILABILITY: ("available", "available::text"),
}
_COUNTED: Final = """
, counted AS MATERIALIZED (
    SELECT grouping({columns}) AS by, {columns}, count(*) AS works FROM found
    GROUP BY GROUPING SETS ({sets}, ())
)
"""
_COUNTS: Final = """
'{facet}', (SELECT json_agg(json_build_array(value, works)) FROM (
    SELECT {value} AS value, sum(works) AS works FROM counted WHERE by = {by} GROUP BY 1
) AS counts WHERE value IS NOT NULL)
"""
_TOTAL_OF_COUNTED: Final = "SELECT works FROM counted WHERE by = {by}"
_TOTAL: Final = "SELECT count(*) FROM found"


def facet_columns(facets: Sequence[Facet]) -> list[str]:
    """What `found` has to show of a work."""
    return [_FACETS[facet][0] for facet in facets]


def counted(facets: Sequence[Facet]) -> str:
    """One more table: how many works have which value, and how many there are."""
    if not facets:
        return ""
    columns = facet_columns(facets)
    sets = ", ".join(f"({column})" for column in columns)
    return _COUNTED.format(columns=", ".join(columns), sets=sets)


def counts(facets: Sequence[Facet]) -> str:
    """Name and counts of each facet, in turn."""
    return ", ".join(
        _COUNTS.format(facet=facet.value, value=_FACETS[facet][1], by=_everything(facets) - (1 << bit))
        for bit, facet in enumerate(reversed(facets))
    )


def total(facets: Sequence[Facet]) -> str:
    """How many works there are."""
    return _TOTAL_OF_COUNTED.format(by=_everything(facets)) if facets else _TOTAL


def _everything(facets: Sequence[Facet]) -> int:
    """As `grouping` says it: the bit of each column that is not counted by; the last one has the lowest."""
    return (1 << len(facets)) - 1
