"""What lists of works, authors and series share: their pages, and how long answers are kept."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

import msgspec
from litestar import Request
from litestar.di import Provide
from litestar.params import QueryParameter

from application.books.bibliography import PageQuery, WorkSummary
from application.books.catalogue import LONGEST_PAGE
from application.shared.answers import Answer, Life, about_book, about_work
from domain.shared.errors import InvalidInput
from entrypoints.http.answers.entity_tags import fingerprint

# Seconds. What changes in a work that is shown is seen at once; a work that is new in a list, within these.
LIFE: Final = Life(fresh=5.0, shared=30.0, stale=600.0)
_encode: Final = msgspec.json.Encoder().encode


def paging(*others: str) -> Provide:
    """Which page is meant, on a route with these other parameters; a misspelt one is told of, not ignored."""
    known = sorted({"limit", "cursor", *others})

    async def provide_page_query(
        request: Request[Any, Any, Any],
        limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")] = 20,
        cursor: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
    ) -> PageQuery:
        for name in request.query_params:
            if name not in known:
                raise InvalidInput(name, f"There is no such parameter; use {', '.join(known)}.")
        return PageQuery(limit, cursor)

    return Provide(provide_page_query)


def tags_of(works: Iterable[WorkSummary]) -> Iterator[str]:
    """Each work and each of its editions."""
    for work in works:
        yield about_work(work.work_id)
        yield from (about_book(edition.book_id) for edition in work.editions)


def spoken(said: object, tags: Iterable[str] = ()) -> Answer:
    """The answer in bytes; equal ones have equal tags."""
    body = _encode(said)
    return Answer(body, f'"{fingerprint(body)}"', frozenset(tags))
