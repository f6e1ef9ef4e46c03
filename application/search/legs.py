"""By words, by meaning, or both: the legs of a search and how they become one answer."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from application.search.meanings import Meanings
from application.search.ports import SearchEngine
from application.search.query import Facet, Mode, Wanted
from application.search.results import FacetCount, Found, Hit, most_frequent_first
from domain.search.folding import fold
from domain.search.fusion import fuse
from domain.search.text import SearchText

DEPTH: Final = 100  # works of each leg that are fused: deeper places weigh next to nothing
# Cosine in thousandths. Any two texts are a little alike; below this, readers see no connection.
NEAR_ENOUGH: Final = 300
# Who types words mostly remembers words: meaning fills in where they fail, and seldom overrules them.
WORDS_WEIGH, MEANING_WEIGHS = 2, 1
# Words of a question that may be a name: one alone ("whales") may as well be a subject. So many at the
# beginning of a title stand there for no other reason than that the reader means it.
OF_A_NAME, OF_A_BEGINNING = 2, 3


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


async def meant(engine: SearchEngine, wanted: Wanted, meanings: Meanings, mode: Mode) -> Answer:
    """What the words found and what is near in meaning. A work that only its meaning brought counts like
    any other, once. Who typed a name means what is called so, and nothing that is merely like it.
    """
    if mode is Mode.SEMANTIC:
        near = await _near(engine, wanted, await meanings.of(wanted.text))
        alone = await _counts(engine, wanted, near)
        return _page([hit for hit in near if hit.ordinal not in set(wanted.seen)], wanted, alone)
    words = await engine.find(replace(wanted, limit=wanted.limit + 1))
    if await _names(engine, wanted, words):
        return _page(words.hits, wanted, words)
    return await _fused(engine, wanted, words, await meanings.of(wanted.text))


async def _fused(engine: SearchEngine, wanted: Wanted, words: Found, vector: Sequence[float]) -> Answer:
    deep, near = await asyncio.gather(_deeper(engine, wanted, words), _near(engine, wanted, vector))
    alone = await _counts(engine, wanted, await _unworded(engine, wanted, words, near))
    fresh = [hit for hit in near if hit.ordinal not in set(wanted.seen)]
    by_ordinal = {hit.ordinal: hit for hit in (*fresh, *deep)}
    worded = [hit.ordinal for hit in deep]
    fused = fuse((WORDS_WEIGH, worded), (MEANING_WEIGHS, [hit.ordinal for hit in fresh]))
    first = worded[:1] if _mistyped(wanted, deep) else []
    ranked = list(dict.fromkeys([*first, *fused]))
    both = Found((), words.total + alone.total, _sum(words.facets, alone.facets))
    return _page([by_ordinal[ordinal] for ordinal in ranked], wanted, both)


async def _deeper(engine: SearchEngine, wanted: Wanted, words: Found) -> Sequence[Hit]:
    """What the words found, as deep as it is fused."""
    if len(words.hits) <= wanted.limit or wanted.limit >= DEPTH:
        return words.hits
    return (await engine.find(replace(wanted, facets=(), limit=DEPTH))).hits


async def _names(engine: SearchEngine, wanted: Wanted, words: Found) -> bool:
    """Whether the best of all that the words found is called as the question reads. So it is decided anew on
    each page, and always alike.
    """
    best = words.hits
    if wanted.seen:
        best = (await engine.find(replace(wanted, seen=(), facets=(), limit=1))).hits
    return bool(best) and _is_called_so(best[0], wanted.text.words)


def _is_called_so(hit: Hit, typed: Sequence[str]) -> bool:
    """By its whole title, an author or its series, with more of these or without; or its title begins so."""
    if len(typed) < OF_A_NAME:
        return False
    title, met = fold(hit.title), set(hit.matched)
    names = [
        set(SearchText(words).needed.words)
        for name in (title, *map(fold, hit.authors), fold(hit.series or ""))
        if (words := tuple(name.split()))
    ]
    if met <= set().union(*names) and any(name <= met for name in names):
        return True
    return len(typed) >= OF_A_BEGINNING and title.startswith(" ".join(typed))


def _mistyped(wanted: Wanted, hits: Sequence[Hit]) -> bool:
    """Whether the best hit met other words than those typed: what is mistyped means something else to whoever
    looks for its meaning, and must not overrule it.
    """
    typed = wanted.needed.words[:-1] if wanted.needed.unfinished else wanted.needed.words
    return bool(hits) and not set(typed) <= set(hits[0].matched)


async def _near(engine: SearchEngine, wanted: Wanted, vector: Sequence[float]) -> list[Hit]:
    nearest = await engine.nearest(vector, wanted.filters, DEPTH)
    return [hit for hit in nearest if hit.value >= NEAR_ENOUGH]


async def _unworded(engine: SearchEngine, wanted: Wanted, words: Found, near: Sequence[Hit]) -> list[Hit]:
    """Those of them that the words did not find."""
    known = {hit.ordinal for hit in words.hits}
    doubtful = tuple(hit.ordinal for hit in near if hit.ordinal not in known)
    if words.total > len(words.hits) and doubtful:
        among = replace(wanted, only=doubtful, seen=(), facets=(), limit=len(doubtful))
        known |= {hit.ordinal for hit in (await engine.find(among)).hits}
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
