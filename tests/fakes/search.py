"""A search engine and its index in memory: straightforward, and what the real ones are held against."""

import math
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from application.search.document import Versioned, WorkDocument
from application.search.query import Facet, Filters, Scope, SearchSort, Wanted
from application.search.results import Found, Hit, most_frequent_first
from domain.search.errors import SearchUnavailable
from domain.shared.ids import WorkId

FIELDS = ("title_words", "author_words", "series_words", "description_words")  # the weightiest first
WITHIN = {Scope.ANYWHERE: FIELDS, Scope.TITLE: FIELDS[:1], Scope.AUTHOR: FIELDS[1:2]}
SHORTEST_MISTYPED, TWICE_MISTYPED = 4, 7  # letters
LIMIT_OF_PORTION = 2


class InMemoryIndex:
    """`down` makes every call fail; `lose_everything` is a server that comes back without its data."""

    def __init__(self) -> None:
        self.down = False
        self.collections: dict[str, dict[WorkId, Versioned]] = {}
        self.searched: str | None = None
        self._made = 0

    def lose_everything(self) -> None:
        self.collections, self.searched = {}, None

    def documents(self, collection: str | None = None) -> dict[WorkId, Versioned]:
        found = self.collections.get(collection or self.searched or "")
        if self.down or found is None:
            raise SearchUnavailable("The search does not answer.")
        return found

    async def standing(self) -> str | None:
        if self.down:
            raise SearchUnavailable("The search does not answer.")
        return self.searched

    async def prepare(self) -> str:
        await self.standing()
        self._made += 1
        name = f"works_{self._made}"
        self.collections[name] = {}
        return name

    async def put(self, collection: str, documents: Sequence[Versioned]) -> None:
        kept = self.documents(collection)
        for one in documents:
            work = one.document.work_id
            if work in kept and kept[work].version > one.version:
                continue
            if one.document.on_sale:
                kept[work] = one
            else:
                kept.pop(work, None)

    async def switch(self, collection: str) -> None:
        self.collections = {collection: self.documents(collection)}
        self.searched = collection

    async def versions(self, collection: str) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        held = [(work, one.version) for work, one in self.documents(collection).items()]
        for start in range(0, len(held), LIMIT_OF_PORTION):
            yield held[start : start + LIMIT_OF_PORTION]

    async def remove(self, collection: str, works: Sequence[WorkId]) -> None:
        kept = self.documents(collection)
        for work in works:
            kept.pop(work, None)


class InMemoryEngine:
    """Looks at every document. A mistyped word is forgiven when nothing has the words as typed."""

    name = "memory"

    def __init__(self, index: InMemoryIndex) -> None:
        self._index = index

    async def find(self, wanted: Wanted) -> Found:
        allowed = [one for one in self._documents(wanted.filters) if _allowed(one, wanted)]
        met = _met(allowed, wanted, tolerant=False) or _met(allowed, wanted, tolerant=True)
        ranked = sorted(met, key=lambda meeting: meeting.place(wanted), reverse=True)
        page = [meeting.hit(meeting.value(wanted)) for meeting in ranked if not meeting.was_shown(wanted)]
        counts = {facet: _counted(facet, met) for facet in wanted.facets}
        facets = {facet: most_frequent_first(counted.items()) for facet, counted in counts.items()}
        return Found(page[: wanted.limit], len(met), facets)

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        meetings = [
            _Meeting(one, (), round(1000 * _cosine(vector, one.vector)))
            for one in self._documents(filters)
            if one.vector is not None
        ]
        best = sorted(meetings, key=lambda m: (-m.score, m.one.ordinal))[:limit]
        return [meeting.hit(meeting.score) for meeting in best]

    def _documents(self, filters: Filters) -> Iterator[Versioned]:
        for one in self._index.documents().values():
            if one.document.on_sale and _passes(one.document, filters):
                yield one


@dataclass(frozen=True)
class _Meeting:
    """A document that meets the question: with which words, how well."""

    one: Versioned
    matched: tuple[str, ...]
    score: int

    def value(self, wanted: Wanted) -> int:
        document = self.one.document
        match wanted.sort:
            case SearchSort.RELEVANCE:
                return self.score if wanted.text else document.sold
            case SearchSort.BESTSELLERS:
                return document.sold
            case SearchSort.NEW:
                return document.released
            case SearchSort.RATING:
                return document.rating
            case SearchSort.PRICE | SearchSort.PRICE_FALLING:
                return document.min_price

    def place(self, wanted: Wanted) -> tuple[int, ...]:
        """The greatest is shown first; equal values in the order of ordinals, which turns with them."""
        value, document = self.value(wanted), self.one.document
        if wanted.sort is SearchSort.RELEVANCE:
            return value, document.sold, document.rating_count, self.one.ordinal
        turned = -1 if wanted.sort is SearchSort.PRICE else 1
        return turned * value, turned * self.one.ordinal

    def was_shown(self, wanted: Wanted) -> bool:
        if wanted.sort is SearchSort.RELEVANCE:
            return self.one.ordinal in wanted.seen
        if wanted.after is None:
            return False
        turned = -1 if wanted.sort is SearchSort.PRICE else 1
        return self.place(wanted) >= (turned * wanted.after.value, turned * wanted.after.ordinal)

    def hit(self, value: int) -> Hit:
        document = self.one.document
        return Hit(
            work_id=document.work_id,
            ordinal=self.one.ordinal,
            value=value,
            title=document.title,
            authors=document.authors,
            series=document.series,
            matched=self.matched,
        )


def _allowed(one: Versioned, wanted: Wanted) -> bool:
    author_words = one.document.author_words.split()
    return (
        (wanted.only is None or one.ordinal in wanted.only)
        and all(word in author_words for word in wanted.by.words)
        and all(_has_phrase(one.document, phrase, wanted.scope) for phrase in wanted.text.phrases)
    )


def _has_phrase(document: WorkDocument, phrase: Sequence[str], scope: Scope) -> bool:
    searched = f" {' '.join(phrase)} "
    return any(searched in f" {getattr(document, field)} " for field in WITHIN[scope])


def _met(documents: Iterable[Versioned], wanted: Wanted, *, tolerant: bool) -> list[_Meeting]:
    found = (_meeting(one, wanted, tolerant=tolerant) for one in documents)
    return [meeting for meeting in found if meeting is not None]


def _meeting(one: Versioned, wanted: Wanted, *, tolerant: bool) -> _Meeting | None:
    text, document = wanted.needed, one.document
    fields = [getattr(document, field).split() for field in WITHIN[wanted.scope]]
    matched: dict[str, None] = {}
    score = 0
    for place, word in enumerate(text.words):
        unfinished = text.unfinished and place == len(text.words) - 1
        weights = [
            (10 * (len(FIELDS) - depth) + 2 * (found == word) + found.startswith(word), found)
            for depth, words in enumerate(fields)
            for found in words
            if _alike(word, found, unfinished=unfinished, tolerant=tolerant)
        ]
        if not weights:
            return None
        score += max(weights)[0]
        matched.update(dict.fromkeys(found for _, found in weights))
    exact = document.title_words == str(wanted.text)
    return _Meeting(one, tuple(matched), score + 10 * exact)


def _alike(asked: str, found: str, *, unfinished: bool, tolerant: bool) -> bool:
    if found == asked or (unfinished and found.startswith(asked)):
        return True
    errors = (len(asked) >= SHORTEST_MISTYPED) + (len(asked) >= TWICE_MISTYPED)
    return tolerant and bool(errors) and _distance(asked, found) <= errors


def _distance(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour."""
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, opposite in enumerate(other, start=1):
            row.append(min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (letter != opposite)))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], opposite):
                row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def _passes(document: WorkDocument, filters: Filters) -> bool:
    year, least, most = document.year, filters.price_min, filters.price_max
    return all(
        (
            filters.category is None or filters.category in document.categories,
            filters.author is None or filters.author in document.author_keys,
            filters.format is None or filters.format in document.formats,
            filters.language is None or filters.language in document.languages,
            any((least is None or p >= least) and (most is None or p <= most) for p in document.prices),
            filters.rating_min is None or document.stars >= filters.rating_min,
            filters.year_min is None or (year is not None and year >= filters.year_min),
            filters.year_max is None or (year is not None and year <= filters.year_max),
            document.available or not filters.in_stock,
        )
    )


def _counted(facet: Facet, meetings: Iterable[_Meeting]) -> Mapping[str, int]:
    return Counter(value for meeting in meetings for value in _values(facet, meeting.one.document))


def _values(facet: Facet, document: WorkDocument) -> Sequence[str]:
    values: Mapping[Facet, Sequence[str]] = {
        Facet.CATEGORY: document.categories,
        Facet.PRICE: document.price_ranges,
        Facet.RATING: [str(document.stars)] if document.stars else [],
        Facet.FORMAT: document.formats,
        Facet.LANGUAGE: document.languages,
        Facet.YEAR: [] if document.year is None else [str(document.year)],
        Facet.AVAILABILITY: ["true" if document.available else "false"],
    }
    return values[facet]


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / (math.hypot(*one) * math.hypot(*other))
