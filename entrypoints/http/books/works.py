"""Works by themselves, by author and by series: GET /v1/works, /v1/authors and /v1/series."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from application.books.bibliography import (
    LONGEST_PREFIX,
    AuthorList,
    AuthorPage,
    PageQuery,
    SeriesList,
    SeriesPage,
    WorkDetail,
    WorkSort,
)
from application.books.list_authors import ListAuthors
from application.books.list_series import ListSeries
from application.books.read_author import ReadAuthor
from application.books.read_series import ReadSeries
from application.books.read_work import ReadWork
from application.shared.answers import Answer
from domain.shared.ids import WorkId
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.ready import answer_at_once, answered
from entrypoints.http.books.leafing import LIFE, paging, spoken, tags_of

Beginning = Annotated[
    str, QueryParameter(max_length=LONGEST_PREFIX, description="What the name begins with.")
]


class Works(Controller):
    """Open to everybody; send `Cache-Control: no-cache` for an answer that was not kept."""

    tags = ("Books",)

    @get("/works/{work_id:uuid}", before_request=answer_at_once, description=ReadWork.__doc__)
    async def read_work(
        self,
        request: Request[Any, Any, Any],
        work_id: FromPath[UUID],
        read_work: NamedDependency[ReadWork],
        answers: NamedDependency[Answers],
    ) -> Response[WorkDetail]:
        """One work with all its editions."""

        async def ask() -> Answer:
            work = await read_work(WorkId(work_id))
            return spoken(work, tags_of([work]))

        return await answered(request, answers, ask, LIFE)

    @get(
        "/authors",
        description=ListAuthors.__doc__,
        before_request=answer_at_once,
        dependencies={"page_query": paging("q")},
    )
    async def list_authors(
        self,
        request: Request[Any, Any, Any],
        page_query: NamedDependency[PageQuery],
        list_authors: NamedDependency[ListAuthors],
        answers: NamedDependency[Answers],
        q: Beginning = "",
    ) -> Response[AuthorList]:
        """Authors by the beginning of their names."""

        async def ask() -> Answer:
            return spoken(await list_authors(q, page_query))

        return await answered(request, answers, ask, LIFE)

    @get(
        "/authors/{author_key:str}",
        description=ReadAuthor.__doc__,
        before_request=answer_at_once,
        dependencies={"page_query": paging("sort")},
    )
    async def read_author(
        self,
        *,
        request: Request[Any, Any, Any],
        author_key: FromPath[str],
        page_query: NamedDependency[PageQuery],
        read_author: NamedDependency[ReadAuthor],
        answers: NamedDependency[Answers],
        sort: FromQuery[WorkSort] = WorkSort.BESTSELLERS,
    ) -> Response[AuthorPage]:
        """An author's works, a page at a time."""

        async def ask() -> Answer:
            page = await read_author(author_key, sort, page_query)
            return spoken(page, tags_of(page.items))

        return await answered(request, answers, ask, LIFE)

    @get(
        "/series",
        description=ListSeries.__doc__,
        before_request=answer_at_once,
        dependencies={"page_query": paging("q")},
    )
    async def list_series(
        self,
        request: Request[Any, Any, Any],
        page_query: NamedDependency[PageQuery],
        list_series: NamedDependency[ListSeries],
        answers: NamedDependency[Answers],
        q: Beginning = "",
    ) -> Response[SeriesList]:
        """Series by the beginning of their names."""

        async def ask() -> Answer:
            return spoken(await list_series(q, page_query))

        return await answered(request, answers, ask, LIFE)

    @get(
        "/series/{series_key:str}",
        description=ReadSeries.__doc__,
        before_request=answer_at_once,
        dependencies={"page_query": paging()},
    )
    async def read_series(
        self,
        request: Request[Any, Any, Any],
        series_key: FromPath[str],
        page_query: NamedDependency[PageQuery],
        read_series: NamedDependency[ReadSeries],
        answers: NamedDependency[Answers],
    ) -> Response[SeriesPage]:
        """The works of a series in reading order, a page at a time."""

        async def ask() -> Answer:
            page = await read_series(series_key, page_query)
            return spoken(page, tags_of(page.items))

        return await answered(request, answers, ask, LIFE)
