"""Find books by what is remembered of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from application.search.cursor import DEEPEST, place_cursor, read_cursor, seen_cursor
from application.search.embeddings import Embedder
from application.search.engines import Engines
from application.search.help import Help
from application.search.legs import Answer, keyword_answer, meant
from application.search.meanings import Meanings
from application.search.ports import SearchEngine, WorkCards
from application.search.query import Mode, Place, Scope, SearchQuery, SearchSort, Wanted
from application.search.results import Hit, SearchItem, SearchPage, WorkCard
from application.search.shelves import Shelves
from domain.search.highlights import highlighted, snippet
from domain.search.text import SearchText
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn

ISBN_LENGTHS: Final = (10, 13)
DIRECT: Final = "isbn"


class SearchWorks:
    """Anybody may search. Each work is one hit with all its editions on sale, at their prices and
    availability of now. Words may be mistyped, unfinished, without accents or in quotes; an ISBN leads
    straight to its book. When little is found, the answer says what may have been meant and what could be
    left out.
    """

    def __init__(
        self,
        *,
        engines: Engines,
        cards: WorkCards,
        shelves: Shelves,
        search_help: Help,
        embedder: Embedder | None,
    ) -> None:
        self._engines = engines
        self._cards = cards
        self._shelves = shelves
        self._help = search_help
        self._meanings = Meanings(embedder) if embedder else None

    async def __call__(self, query: SearchQuery) -> SearchPage:
        """Raises `InvalidInput` for an unknown category or a foreign cursor, and `SearchUnavailable`."""
        if query.filters.category is not None:
            await self._shelves.demand(query.filters.category)
        direct = await self._direct(query)
        if direct is not None:
            return direct
        mode = self._mode_of(query)
        wanted = _wanted(query)

        async def answer_of(engine: SearchEngine) -> Answer:
            if self._meanings is None or mode is Mode.KEYWORD:
                return await keyword_answer(engine, wanted)
            return await meant(engine, wanted, self._meanings, mode)

        engine, answer = await self._engines.ask(answer_of)
        page = SearchPage(
            items=await self._items(answer.hits),
            facets=answer.facets,
            total=answer.total,
            next=_next(query, wanted, answer),
            engine=engine,
            mode=mode,
        )
        if query.cursor is not None or not await self._help.is_wanted(query, answer.total):
            return page
        meant_text, hints = await self._help(query, self._engines, answer.hits)
        return replace(page, did_you_mean=meant_text, hints=hints)

    async def _direct(self, query: SearchQuery) -> SearchPage | None:
        isbn = isbn_in(query.text) if query.scope is Scope.ANYWHERE else None
        work = await self._cards.work_of(isbn) if isbn else None
        if work is None:
            return None
        cards = await self._cards.cards([work])
        items = [_item(card, ()) for card in cards.values()]
        facets = dict.fromkeys(query.facets, ())
        return SearchPage(
            items=items, facets=facets, total=len(items), next=None, engine=DIRECT, mode=Mode.KEYWORD
        )

    def _mode_of(self, query: SearchQuery) -> Mode:
        """Meaning orders nothing by price and knows no fields: then words alone count."""
        worded = query.text and query.scope is Scope.ANYWHERE and query.sort is SearchSort.RELEVANCE
        if not worded or query.text.phrases:
            return Mode.KEYWORD
        if self._meanings is None:
            if query.mode in {Mode.SEMANTIC, Mode.HYBRID}:
                raise InvalidInput("mode", "This shop does not know what works are about: use keyword.")
            return Mode.KEYWORD
        return query.mode or Mode.HYBRID

    async def _items(self, hits: Sequence[Hit]) -> list[SearchItem]:
        cards = await self._cards.cards([hit.work_id for hit in hits]) if hits else {}
        # What was withdrawn a moment ago is not shown, whatever the index still thinks.
        return [_item(cards[hit.work_id], hit.matched) for hit in hits if hit.work_id in cards]


def isbn_in(text: SearchText) -> Isbn | None:
    """The ISBN that was typed, with or without hyphens; None for anything else, mistyped ones included."""
    digits = "".join(text.words)
    if len(digits) not in ISBN_LENGTHS or not digits[:-1].isdigit():
        return None
    try:
        return Isbn.parse(digits)
    except InvalidInput:
        return None


def _wanted(query: SearchQuery) -> Wanted:
    sort = query.sort
    if sort is SearchSort.RELEVANCE and not query.text and not query.by:
        sort = SearchSort.BESTSELLERS  # nothing is more relevant than anything else: what most readers like
    seen, place = read_cursor(sort, query.cursor) if query.cursor else ((), None)
    return Wanted(
        text=query.text,
        scope=query.scope,
        by=query.by,
        filters=query.filters,
        facets=query.facets,
        sort=sort,
        limit=query.limit,
        seen=seen,
        after=place,
    )


def _next(query: SearchQuery, wanted: Wanted, answer: Answer) -> str | None:
    if not answer.more or not answer.hits:
        return None
    if wanted.sort is not SearchSort.RELEVANCE:
        last = answer.hits[-1]
        return place_cursor(wanted.sort, Place(last.value, last.ordinal))
    seen = (*wanted.seen, *(hit.ordinal for hit in answer.hits))
    return seen_cursor(seen) if len(seen) + query.limit <= DEEPEST else None


def _item(card: WorkCard, matched: Sequence[str]) -> SearchItem:
    words = frozenset(matched)
    shown = {
        "title": highlighted(card.title, words),
        "authors": highlighted(", ".join(card.authors), words),
        "series": highlighted(card.series.name, words) if card.series else None,
        "description": snippet(card.description, words) if card.description else None,
    }
    return SearchItem(
        work_id=card.work_id,
        title=card.title,
        authors=card.authors,
        series=card.series,
        rating=card.rating,
        cover=card.cover,
        highlights={place: text for place, text in shown.items() if text},
        books=card.books,
    )
