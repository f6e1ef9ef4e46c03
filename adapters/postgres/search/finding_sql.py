"""One statement finds, counts and shows. Its shape follows what was asked; every value is a parameter."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from adapters.postgres.search.conditions import CONDITIONS
from adapters.postgres.search.facets_sql import counted, counts, facet_columns, total
from adapters.postgres.search.question_sql import AUTHOR, NAMES, SERIES, TITLE, like, word_conditions
from adapters.postgres.statement import Statement
from application.search.query import Facet, Scope, SearchSort

_ORDERS: Final = {
    SearchSort.BESTSELLERS: ("sold", "DESC"),
    SearchSort.NEW: ("released", "DESC"),
    SearchSort.PRICE: ("min_price", "ASC"),
    SearchSort.PRICE_FALLING: ("min_price", "DESC"),
    SearchSort.RATING: ("rating", "DESC"),
    SearchSort.RELEVANCE: ("sold", "DESC"),  # without words nothing else tells works apart
}
# What stands in the title, above all alone, is likelier meant than what is written about a work. Twice as
# many readers weigh as much as one of these points.
_SCORE: Final = f"""
(1000 * (CASE
    WHEN {TITLE} {{like}} %(whole)s THEN 40
    WHEN {AUTHOR} {{like}} %(whole)s THEN 15
    WHEN {TITLE} {{like}} %(beginning)s THEN 14
    WHEN {TITLE} {{like}} ALL(%(patterns)s::text[]) THEN 12
    WHEN {AUTHOR} {{like}} ALL(%(patterns)s::text[]) THEN 10
    WHEN {SERIES} {{like}} %(beginning)s THEN 9
    WHEN {SERIES} {{like}} ALL(%(patterns)s::text[]) THEN 8
    WHEN {NAMES} {{like}} ALL(%(patterns)s::text[]) THEN 6
    WHEN {NAMES} {{like}} ANY(%(patterns)s::text[]) THEN 3
    ELSE 0
END + CASE WHEN {NAMES} {{like}} ALL(%(finished)s::text[]) THEN 3 ELSE 0 END
    + log(2.0, 1 + sold + rating_count)))::int
"""
_BEST_FIRST: Final = "value DESC, sold DESC, rating_count DESC, ordinal DESC"
_RANKED: Final = """
best AS (
    SELECT ordinal FROM found WHERE ordinal <> ALL(%(seen)s::bigint[])
    ORDER BY titled DESC, popularity DESC, ordinal DESC LIMIT %(ranked)s
), page AS (
    SELECT d.*, {score} AS value FROM best JOIN search_documents d USING (ordinal)
    ORDER BY {best_first} LIMIT %(limit)s
)
"""
_LISTED: Final = """
page AS (
    SELECT d.*, {column} AS value
    FROM (
        SELECT ordinal FROM found WHERE {beyond}
        ORDER BY {column} {direction}, ordinal {direction} LIMIT %(limit)s
    ) AS listed JOIN search_documents d USING (ordinal)
)
"""
_HIT: Final = ("work_id", "ordinal", "value", "title", "authors", "series")
_TEXTS: Final = ("title_words", "author_words", "series_words", "description_words")
# Whoever has typed the beginning of so common a word that many of these have it means one of them.
_BESTSELLERS: Final = """
(SELECT * FROM search_documents WHERE on_sale ORDER BY sold DESC, ordinal DESC LIMIT 2000) AS bestsellers
"""
# Looked at with a million works: words are found in their index alone, narrowed by that of categories or
# authors (BitmapAnd); a page without words follows the index of its order; no plan reads every row for words.
_FIND: Final = """
WITH found AS {materialized} (
    SELECT ordinal, {columns} FROM {works} WHERE {conditions}
), {page}{counted}
SELECT ({total}) AS total,
       (SELECT json_agg(json_build_object({hit}) ORDER BY {order}) FROM page) AS hits,
       json_build_object({facets}) AS facets
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement depends on. Readers use some hundreds of them."""

    sort: SearchSort
    scope: Scope
    words: bool
    bestsellers: bool
    as_typed: bool
    phrases: bool
    by: bool
    conditions: tuple[str, ...]
    facets: tuple[Facet, ...]
    among: bool
    beyond: bool

    @property
    def ranked(self) -> bool:
        """By relevance, where there are words for that."""
        return self.words and self.sort is SearchSort.RELEVANCE


@lru_cache(maxsize=1_000)
def find_statement(shape: Shape) -> Statement:
    """The statement of that shape."""
    _, direction = _ORDERS[shape.sort]
    hit = (*_HIT, *_TEXTS) if shape.words else _HIT
    # Words are looked for once, and what they found is shown and counted. Without words a page follows one
    # index, and to keep what is counted would cost more than to read it again.
    once = shape.words or shape.by or shape.among
    text = _FIND.format(
        materialized="MATERIALIZED" if once else "NOT MATERIALIZED",
        works=_BESTSELLERS if shape.bestsellers else "search_documents",
        columns=", ".join(dict.fromkeys(_columns(shape))),
        conditions=" AND ".join(_conditions(shape)),
        page=_ranked(shape) if shape.ranked else _listed(shape),
        hit=", ".join(f"'{name}', {name}" for name in hit),
        order=_BEST_FIRST if shape.ranked else f"value {direction}, ordinal {direction}",
        counted=counted(shape.facets),
        total=total(shape.facets),
        facets=counts(shape.facets),
    )
    return Statement(text)


def _columns(shape: Shape) -> Iterator[str]:
    if shape.ranked:
        yield f"{TITLE} {like(as_typed=shape.as_typed)} ALL(%(patterns)s::text[]) AS titled"
        yield "sold + rating_count AS popularity"
    else:
        yield _ORDERS[shape.sort][0]
    yield from facet_columns(shape.facets)


def _conditions(shape: Shape) -> Iterator[str]:
    yield "on_sale"
    if shape.words or shape.by:
        yield from word_conditions(
            shape.scope,
            indexed=not shape.bestsellers,
            as_typed=shape.as_typed,
            phrases=shape.phrases,
            by=shape.by,
        )
    if shape.among:
        yield "ordinal = ANY(%(only)s::bigint[])"
    yield from (CONDITIONS[name] for name in shape.conditions)


def _ranked(shape: Shape) -> str:
    score = _SCORE.format(like=like(as_typed=shape.as_typed))
    return _RANKED.format(score=score, best_first=_BEST_FIRST)


def _listed(shape: Shape) -> str:
    column, direction = _ORDERS[shape.sort]
    sign = "<" if direction == "DESC" else ">"
    return _LISTED.format(
        column=column,
        direction=direction,
        beyond=f"({column}, ordinal) {sign} (%(after_value)s, %(after_ordinal)s)"
        if shape.beyond
        else "ordinal <> ALL(%(seen)s::bigint[])",
    )
