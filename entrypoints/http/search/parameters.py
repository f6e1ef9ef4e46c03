"""What a visitor may say in the address of a search."""

from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, Final

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from application.search.query import (
    BEST_RATING,
    LONGEST_PAGE,
    Facet,
    Filters,
    Mode,
    Scope,
    SearchQuery,
    SearchSort,
)
from domain.books.text import matching_key
from domain.search.text import LONGEST_QUERY, SearchText
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput

LONGEST_VALUE: Final = 300  # characters of a filter: longer than any category, key or name there is
_YEARS: Final = 9_999
_DEAREST: Final = 2**31 - 1  # minor units: what the database counts in
_FILTERS: Final = Filters.__slots__
_PAGING: Final = ("facets", "sort", "mode", "limit", "cursor")
EVERYWHERE: Final = frozenset({"q", *_FILTERS, *_PAGING})
IN_BOOKS: Final = frozenset({"title", *_FILTERS, *_PAGING} - {"mode"})

Words = Annotated[str, QueryParameter(max_length=LONGEST_QUERY, description='Words; "exact phrases".')]
Limit = Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many works.")]
Cursor = Annotated[str | None, QueryParameter(description="The `next` of the page before.")]
Price = Annotated[int | None, QueryParameter(ge=0, le=_DEAREST, description="Minor units, included.")]
Year = Annotated[int | None, QueryParameter(ge=-_YEARS, le=_YEARS, description="First published; included.")]
Facets = Annotated[
    str, QueryParameter(description=f"What to count by, of: {', '.join(Facet)}. Separated by commas.")
]


async def provide_filters(
    *,
    category: Annotated[
        str | None,
        QueryParameter(max_length=LONGEST_VALUE, description="A slug; a parent includes its children."),
    ] = None,
    format: FromQuery[Format | None] = None,  # noqa: A002 - the parameter's public name
    language: Annotated[
        str | None, QueryParameter(max_length=LONGEST_VALUE, description="Two or three letters: en, fr, grc.")
    ] = None,
    price_min: Price = None,
    price_max: Price = None,
    rating_min: Annotated[
        int | None, QueryParameter(ge=1, le=BEST_RATING, description="At least so many stars on average.")
    ] = None,
    year_min: Year = None,
    year_max: Year = None,
    in_stock: Annotated[bool, QueryParameter(description="Only what can be bought now.")] = False,
) -> Filters:
    """The conditions a work must meet."""
    return Filters(
        category=category,
        format=format,
        language=language.lower().partition("-")[0] if language else None,
        price_min=price_min,
        price_max=price_max,
        rating_min=rating_min,
        year_min=year_min,
        year_max=year_max,
        in_stock=in_stock,
    )


async def provide_search_query(
    *,
    request: Request[Any, Any, Any],
    search_filters: NamedDependency[Filters],
    q: Words = "",
    author: Annotated[
        str | None,
        QueryParameter(max_length=LONGEST_VALUE, description="The whole name, case and accents aside."),
    ] = None,
    facets: Facets = "",
    sort: FromQuery[SearchSort] = SearchSort.RELEVANCE,
    mode: FromQuery[Mode | None] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchQuery:
    """A search everywhere; a misspelt parameter is told, not passed over."""
    _demand_known(request, EVERYWHERE)
    return SearchQuery(
        text=SearchText.parse(q),
        filters=replace(search_filters, author=matching_key(author) if author else None),
        facets=_facets(facets),
        sort=sort,
        mode=mode,
        limit=limit,
        cursor=cursor,
    )


async def provide_book_search_query(
    *,
    request: Request[Any, Any, Any],
    search_filters: NamedDependency[Filters],
    title: Words = "",
    author: Words = "",
    facets: Facets = "",
    sort: FromQuery[SearchSort] = SearchSort.RELEVANCE,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchQuery:
    """A search by title, author or category: words of each must stand there."""
    _demand_known(request, IN_BOOKS)
    of_title, of_author = SearchText.parse(title, "title"), SearchText.parse(author, "author")
    if of_title:
        text, scope, by = of_title, Scope.TITLE, of_author
    else:
        text, scope, by = of_author, Scope.AUTHOR, SearchText()
    return SearchQuery(
        text=text,
        scope=scope,
        by=by,
        filters=search_filters,
        facets=_facets(facets),
        sort=sort,
        limit=limit,
        cursor=cursor,
    )


def _facets(text: str) -> tuple[Facet, ...]:
    names = [name for part in text.split(",") if (name := part.strip())]
    unknown = [name for name in names if name not in list(Facet)]
    if unknown:
        raise InvalidInput("facets", f"There is no facet {unknown[0][:40]!r}; use {', '.join(Facet)}.")
    return tuple(dict.fromkeys(map(Facet, names)))


def _demand_known(request: Request[Any, Any, Any], parameters: Collection[str]) -> None:
    for name in request.query_params:
        if name not in parameters:
            known = ", ".join(sorted(parameters))
            raise InvalidInput(name[:40], f"There is no such parameter; use {known}.")
