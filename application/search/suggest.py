"""Finish what the reader types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from application.search.engines import Engines
from application.search.query import Wanted
from application.search.results import Hit, Suggestion
from application.search.shelves import Shelves
from domain.books.category import Category
from domain.books.text import matching_key
from domain.search.folding import fold
from domain.search.text import SearchText

LOOKED_AT: Final = 20  # works: enough to see an author or a series behind several of them
MOST: Final = 20  # suggestions: nobody reads more while typing


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be meant, likeliest first."""

    items: Sequence[Suggestion]


class Suggest:
    """Anybody who types is offered titles, authors, series and categories that go on like it, the most
    popular first; small typing errors are forgiven.
    """

    def __init__(self, engines: Engines, shelves: Shelves) -> None:
        self._engines = engines
        self._shelves = shelves

    async def __call__(self, text: SearchText, limit: int) -> Suggestions:
        """Raises `SearchUnavailable`."""
        if not text:
            return Suggestions(())
        typed = replace(text, unfinished=True, phrases=())
        _, found = await self._engines.ask(
            lambda engine: engine.find(Wanted(text=typed, limit=max(LOOKED_AT, limit), counted=False))
        )
        categories = _categories(await self._shelves(), typed)
        offered: dict[tuple[str, str], Suggestion] = {}
        for suggestion in (*categories, *_of_works(found.hits, typed)):
            offered.setdefault((suggestion.kind, fold(suggestion.text)), suggestion)
        return Suggestions(tuple(offered.values())[:limit])


def _categories(categories: Sequence[Category], typed: SearchText) -> Iterator[Suggestion]:
    for category in categories:
        if _goes_on(category.name, typed, ()):
            yield Suggestion(kind="category", text=category.name, key=category.slug)


def _of_works(hits: Sequence[Hit], typed: SearchText) -> Iterator[Suggestion]:
    """An author who holds all the words stands before the work, for the words were probably the name."""
    for hit in hits:
        by_name = [name for name in hit.authors if _goes_on(name, typed, hit.matched)]
        in_title = _goes_on(hit.title, typed, hit.matched)
        for name in by_name:
            yield Suggestion(kind="author", text=name, key=matching_key(name))
        if hit.series and _goes_on(hit.series, typed, hit.matched):
            yield Suggestion(kind="series", text=hit.series)
        if in_title or not by_name:
            yield Suggestion(kind="title", text=hit.title, work_id=hit.work_id)


def _goes_on(text: str, typed: SearchText, matched: Sequence[str]) -> bool:
    """Whether the text holds every word typed (as an engine matched it), the last one perhaps unfinished."""
    words = fold(text).split()
    if sum(word in words for word in set(matched)) >= len(set(typed.words)):
        return True
    whole = set(typed.words[:-1]) <= set(words)
    return whole and any(word.startswith(typed.words[-1]) for word in words)
