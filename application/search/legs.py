"""By words, by meaning, or both: the legs of a search and how they become one answer."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from application.search.ports import SearchEngine
from application.search.query import Facet, Mode, Wanted
from application.search.results import FacetCount, Found, Hit, most_frequent_first
from domain.search.fusion import fuse

DEPTH: Final = 100  # works of each leg that are fused: deeper places weigh next to nothing
# Cosine in thousandths. Any two texts are a little alike; below this, readers see no connection.
NEAR_ENOUGH: Final = 300
# Who types words mostly remembers words: meaning fills in where they fail, and seldom overrules them.
WORDS_WEIGH, MEANING_WEIGHS = 2, 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One page, the counts over everything found, and whether there is more to show."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[Facet, Sequence[FacetCount]]
    more: bool


async def keyword_answer(engine: SearchEngine, wanted: Wanted) -> Answer:
    """What the words found."""
    found = await engine.find(replace(wanted, limit=wanted.limit + 1))
    return Answer(found.hits[: wanted.limit], found.total, found.facets, len(found.hits) > wanted.limit)


async def meant(engine: SearchEngine, wanted: Wanted, vector: Sequence[float], mode: Mode) -> Answer:
    """What the words found and what is near in meaning. A work that only its meaning brought counts like
    any other, once.
    """
    if mode is Mode.SEMANTIC:
        near = await _near(engine, wanted, vector)
        alone = await _counts(engine, wanted, near)
        return _page([hit for hit in near if hit.ordinal not in set(wanted.seen)], wanted, alone)
    words, near = await asyncio.gather(
        engine.find(replace(wanted, limit=max(DEPTH, wanted.limit + 1))),
        _near(engine, wanted, vector),
    )
    alone = await _counts(engine, wanted, await _unworded(engine, wanted, near))
    fresh = [hit for hit in near if hit.ordinal not in set(wanted.seen)]
    by_ordinal = {hit.ordinal: hit for hit in (*fresh, *words.hits)}
    worded = [hit.ordinal for hit in words.hits]
    fused = fuse((WORDS_WEIGH, worded), (MEANING_WEIGHS, [hit.ordinal for hit in fresh]))
    first = worded[:1] if _mistyped(wanted, words.hits) else []
    ranked = list(dict.fromkeys([*first, *fused]))
    both = Found((), words.total + alone.total, _sum(words.facets, alone.facets))
    return _page([by_ordinal[ordinal] for ordinal in ranked], wanted, both)


def _mistyped(wanted: Wanted, hits: Sequence[Hit]) -> bool:
    """Whether the best hit met other words than those typed: what is mistyped means something else to whoever
    looks for its meaning, and must not overrule it.
    """
    typed = wanted.text.words[:-1] if wanted.text.unfinished else wanted.text.words
    return bool(hits) and not set(typed) <= set(hits[0].matched)


async def _near(engine: SearchEngine, wanted: Wanted, vector: Sequence[float]) -> list[Hit]:
    nearest = await engine.nearest(vector, wanted.filters, DEPTH)
    return [hit for hit in nearest if hit.value >= NEAR_ENOUGH]


async def _unworded(engine: SearchEngine, wanted: Wanted, near: Sequence[Hit]) -> list[Hit]:
    """Those of them that the words did not find."""
    if not near:
        return []
    ordinals = tuple(hit.ordinal for hit in near)
    worded = await engine.find(replace(wanted, only=ordinals, seen=(), facets=(), limit=len(ordinals)))
    known = {hit.ordinal for hit in worded.hits}
    return [hit for hit in near if hit.ordinal not in known]


async def _counts(engine: SearchEngine, wanted: Wanted, hits: Sequence[Hit]) -> Found:
    if not hits or not wanted.facets:
        return Found((), len(hits), dict.fromkeys(wanted.facets, ()))
    ordinals = tuple(hit.ordinal for hit in hits)
    counted = await engine.find(Wanted(filters=wanted.filters, facets=wanted.facets, only=ordinals, limit=1))
    return Found((), len(hits), counted.facets)


def _page(hits: Sequence[Hit], wanted: Wanted, counted: Found) -> Answer:
    more = len(hits) > wanted.limit
    return Answer(hits[: wanted.limit], counted.total, counted.facets, more)


def _sum(
    one: Mapping[Facet, Sequence[FacetCount]], other: Mapping[Facet, Sequence[FacetCount]]
) -> dict[Facet, Sequence[FacetCount]]:
    both: dict[Facet, Sequence[FacetCount]] = {}
    for facet in one:
        counts = Counter({found.value: found.count for found in one[facet]})
        counts.update({found.value: found.count for found in other.get(facet, ())})
        both[facet] = most_frequent_first(counts.items())
    return both
