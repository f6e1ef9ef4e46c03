"""Finding books: GET /v1/search, /v1/search/suggest and /v1/books/search."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from application.search.query import SearchQuery, SearchSort
from application.search.results import SearchItem, SearchPage
from application.search.search_works import SearchWorks
from application.search.suggest import MOST, Suggest, Suggestions
from application.shared.answers import (
    ABOUT_NEW_WORKS,
    Answer,
    Life,
    about_book,
    about_word,
    about_work,
)
from domain.search.text import LONGEST_QUERY, SearchText
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import fingerprint
from entrypoints.http.answers.ready import answer_at_once, answered
from entrypoints.http.search.parameters import (
    provide_book_search_query,
    provide_filters,
    provide_search_query,
)

# Prices and availability are those of the database when it was asked; what changes is told to the cache by
# event, so the seconds here are for works that come to match, not for those shown.
LIFE: Final = Life(fresh=5.0, shared=30.0, stale=600.0)
# By words alone only a new work, or one that is called differently now, comes to match; of new ones the cache
# is told as well.
LIFE_OF_WORDS: Final = Life(fresh=5.0, shared=300.0, stale=600.0)
SUGGESTIONS_LIVE: Final = Life(fresh=60.0, shared=300.0, stale=3600.0)  # titles and names hardly ever change
_encode: Final = msgspec.json.Encoder().encode


class Search(Controller):
    """Open to everybody; send `Cache-Control: no-cache` for an answer that was not kept."""

    tags = ("Search",)

    @get(
        "/search",
        description=SearchWorks.__doc__,
        before_request=answer_at_once,
        dependencies={
            "search_filters": Provide(provide_filters),
            "search_query": Provide(provide_search_query),
        },
    )
    async def search(
        self,
        request: Request[Any, Any, Any],
        search_query: NamedDependency[SearchQuery],
        search_works: NamedDependency[SearchWorks],
        answers: NamedDependency[Answers],
    ) -> Response[SearchPage]:
        """Works by what is remembered of them."""
        return await _found(request, search_query, search_works, answers)

    @get(
        "/books/search",
        description=SearchWorks.__doc__,
        before_request=answer_at_once,
        dependencies={
            "search_filters": Provide(provide_filters),
            "search_query": Provide(provide_book_search_query),
        },
    )
    async def search_books(
        self,
        request: Request[Any, Any, Any],
        search_query: NamedDependency[SearchQuery],
        search_works: NamedDependency[SearchWorks],
        answers: NamedDependency[Answers],
    ) -> Response[SearchPage]:
        """Works by title, author or category; all that is given must be met."""
        return await _found(request, search_query, search_works, answers)

    @get("/search/suggest", description=Suggest.__doc__, before_request=answer_at_once)
    async def suggest(
        self,
        request: Request[Any, Any, Any],
        suggest: NamedDependency[Suggest],
        answers: NamedDependency[Answers],
        q: Annotated[
            str, QueryParameter(max_length=LONGEST_QUERY, description="What was typed so far.")
        ] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="How many.")] = 8,
    ) -> Response[Suggestions]:
        """How what is being typed may go on."""
        typed = SearchText.parse(q)

        async def ask() -> Answer:
            return _answer(await suggest(typed, limit), ())

        return await answered(request, answers, ask, SUGGESTIONS_LIVE, f"{typed!r} {limit}".encode())


async def _found(
    request: Request[Any, Any, Any], query: SearchQuery, search_works: SearchWorks, answers: Answers
) -> Response[SearchPage]:
    async def ask() -> Answer:
        page = await search_works(query)
        return _answer(page, (_awaited(query, page), *spoken_of(page.items)))

    by_words = bool(query.text) and not query.filters.given and query.sort is SearchSort.RELEVANCE
    life = LIFE_OF_WORDS if by_words else LIFE
    # Who types "the hobbit", "The  Hobbit!" or sends parameters in another order, asks the same.
    return await answered(request, answers, ask, life, repr(query).encode())


def _awaited(query: SearchQuery, page: SearchPage) -> str:
    """The tag of a new work that would be found, too: it has every finished word, so the longest will do. To
    what was not typed as it stands in a book, or not to its end, any new work may be the answer.
    """
    needed = query.text.needed
    finished = needed.words[:-1] if needed.unfinished else needed.words
    if not finished or not page.total or page.did_you_mean:
        return ABOUT_NEW_WORKS
    return about_word(max(finished, key=len))


def spoken_of(found: Iterable[SearchItem]) -> Iterator[str]:
    """Each work, and each edition whose price and availability is shown."""
    for item in found:
        yield about_work(item.work_id)
        yield from (about_book(book.id) for book in item.books)


def _answer(said: object, tags: Iterable[str]) -> Answer:
    body = _encode(said)
    return Answer(body, f'"{fingerprint(body)}"', frozenset(tags))
