"""Searches in Typesense."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from adapters.typesense.answers import Result, hit_of, similarity_of
from adapters.typesense.asking import GivenUp, ask
from adapters.typesense.client import Typesense
from adapters.typesense.filters import ORDER, behind, conditions_of
from adapters.typesense.question import Search, counts_for, search_for, value_of
from adapters.typesense.reading import EXACT, GUESSES, HASTY, WITHIN, Reading
from adapters.typesense.schema import WORKS
from application.search.query import Filters, Place, SearchSort, Wanted
from application.search.results import Found, Hit

LONGEST_PAGE: Final = 250  # hits; the engine's own limit
# Among fewer works every vector is compared; the graph of them would lose some to the conditions.
COMPARED_ONE_BY_ONE: Final = 10_000


class TypesenseEngine:
    """A `SearchEngine`. A mistyped word is guessed at when nothing has the words as they were typed."""

    name = "typesense"

    def __init__(self, typesense: Typesense, collection: str = WORKS) -> None:
        self._client = typesense.reads
        self._collection = collection

    async def find(self, wanted: Wanted) -> Found:
        """See the port."""
        found = await self._as_typed(wanted)
        if found.total or not _can_be_mistyped(wanted) or await self._is_met_elsewhere(wanted):
            return found
        for guess in GUESSES:
            try:
                guessed = await self._leaf_through(wanted, guess)
            except GivenUp:
                continue
            if guessed.total:
                return guessed
        return found

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        """See the port."""
        numbers = ",".join(f"{number:.6g}" for number in vector)
        query = f"vector:([{numbers}], k:{limit}, flat_search_cutoff:{COMPARED_ONE_BY_ONE})"
        search: Search = {
            "collection": self._collection,
            "q": "*",
            "vector_query": query,
            "filter_by": conditions_of(filters),
            "include_fields": "id,ordinal,title,authors,series",
            "per_page": limit,
            "search_cutoff_ms": WITHIN,
        }
        [result] = await ask(self._client, search)
        return [hit_of(hit, similarity_of(hit), EXACT) for hit in result.hits]

    async def _as_typed(self, wanted: Wanted) -> Found:
        """An unfinished word may begin so many others that not all of them can be looked for in time, nor
        need be where nobody counts: then the most popular ones will do.
        """
        if not wanted.needed.unfinished:
            return await self._read(wanted, EXACT)
        if not wanted.counted:
            hastily = await self._read(wanted, HASTY)
            if len(hastily.hits) == wanted.limit:
                return hastily
        try:
            return await self._read(wanted, EXACT)
        except GivenUp:
            return await self._read(wanted, HASTY)

    async def _read(self, wanted: Wanted, reading: Reading) -> Found:
        if wanted.after is None or wanted.sort is SearchSort.RELEVANCE:
            return await self._leaf_through(wanted, reading)
        search = search_for(wanted, reading, self._collection)
        conditions = [str(search["filter_by"]), behind(wanted.sort, wanted.after)]
        counted, page = await ask(
            self._client,
            {**search, **counts_for(wanted), "per_page": 0},
            {**search, "filter_by": " && ".join(filter(None, conditions)), "per_page": wanted.limit},
        )
        return Found(_hits(page, wanted, reading), counted.found, counted.facets())

    async def _leaf_through(self, wanted: Wanted, reading: Reading) -> Found:
        """Read from the beginning and leave out what was shown. A filter would not do: where that leaves
        nothing, the engine guesses on, and finds what was neither meant nor counted.
        """
        search, per_page = search_for(wanted, reading, self._collection), _length_of_page(wanted)
        shown, hits, leaf = _shown_before(wanted), list[Hit](), 1
        [first] = [result] = await ask(self._client, {**search, **counts_for(wanted), "per_page": per_page})
        while True:
            hits.extend(hit for hit in _hits(result, wanted, reading) if not shown(hit))
            if len(hits) >= wanted.limit or leaf * per_page >= first.found or not result.hits:
                return Found(hits[: wanted.limit], first.found, first.facets())
            leaf += 1
            [result] = await ask(self._client, {**search, "per_page": per_page, "page": leaf})

    async def _is_met_elsewhere(self, wanted: Wanted) -> bool:
        """Whether the words, as typed, are only missing among the works that were asked for."""
        if wanted.only is None:
            return False
        everywhere = search_for(replace(wanted, only=None), EXACT, self._collection)
        [counted] = await ask(self._client, {**everywhere, "per_page": 0})
        return counted.found > 0


def _can_be_mistyped(wanted: Wanted) -> bool:
    """Phrases are meant as they are typed."""
    return len(wanted.text.words) > sum(map(len, wanted.text.phrases))


def _hits(result: Result, wanted: Wanted, reading: Reading) -> list[Hit]:
    if wanted.sort is SearchSort.RELEVANCE and wanted.text:
        return [hit_of(hit, hit.text_match, reading) for hit in result.hits]
    field = value_of(wanted)
    return [hit_of(hit, getattr(hit.document, field), reading) for hit in result.hits]


def _length_of_page(wanted: Wanted) -> int:
    if wanted.sort is SearchSort.RELEVANCE:
        return min(LONGEST_PAGE, wanted.limit + len(wanted.seen))
    return wanted.limit if wanted.after is None else LONGEST_PAGE


def _shown_before(wanted: Wanted) -> Callable[[Hit], bool]:
    if wanted.sort is SearchSort.RELEVANCE:
        seen = frozenset(wanted.seen)
        return lambda hit: hit.ordinal in seen
    if wanted.after is None:
        return lambda _: False
    place, turned = wanted.after, 1 if ORDER[wanted.sort][1] else -1
    return lambda hit: _in_order(turned, Place(hit.value, hit.ordinal)) <= _in_order(turned, place)


def _in_order(turned: int, place: Place) -> tuple[int, int]:
    return turned * place.value, turned * place.ordinal
