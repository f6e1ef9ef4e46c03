"""The shop window: GET /v1/books, /v1/books/{book_id} and /v1/categories. The busiest routes of all."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, QueryParameter

from application.books.catalogue import LONGEST_PAGE, BookDetail, BookPage, BookQuery, Sort
from application.books.list_books import ListBooks
from application.books.list_categories import ListCategories
from application.books.read_book import ReadBook
from application.books.shelves import Shelf
from application.shared.answers import Answer, Life, about_book, about_work
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import fingerprint
from entrypoints.http.answers.ready import answer_at_once, answered
from entrypoints.http.books.versions import version_tag

_PARAMETERS: Final = frozenset(BookQuery.__dataclass_fields__)
# Seconds. What staff changes, and that a book is sold out, is seen at once; how many copies are left, and a
# new book in a list, within five. Checkout asks the database anyway. While that is lost, readers leaf through
# what was seen in the last five minutes.
LIFE: Final = Life(fresh=1.0, shared=4.0, stale=300.0)
_encode: Final = msgspec.json.Encoder().encode


class CategoryList(msgspec.Struct, frozen=True):
    """All categories, each after its parent."""

    items: Sequence[Shelf]
    next: str | None = None


async def provide_book_query(
    *,
    request: Request[Any, Any, Any],
    category: Annotated[
        str | None, QueryParameter(description="A slug; a parent includes its children.")
    ] = None,
    author: Annotated[str | None, QueryParameter(description="The name, case and accents aside.")] = None,
    format: FromQuery[Format | None] = None,  # noqa: A002 - the parameter's public name
    price_min: Annotated[int | None, QueryParameter(ge=0, description="Minor units, included.")] = None,
    price_max: Annotated[int | None, QueryParameter(ge=0, description="Minor units, included.")] = None,
    in_stock: Annotated[bool, QueryParameter(description="Only what can be bought now.")] = False,
    rating_min: Annotated[
        int | None, QueryParameter(ge=1, le=5, description="So many stars on average, or more.")
    ] = None,
    sort: FromQuery[Sort] = Sort.BESTSELLERS,
    limit: Annotated[int, QueryParameter(ge=1, le=LONGEST_PAGE, description="How many.")] = 20,
    cursor: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> BookQuery:
    """What the visitor asks for; a misspelt filter is told, not passed over."""
    for name in request.query_params:
        if name not in _PARAMETERS:
            raise InvalidInput(name, f"There is no such filter; use {', '.join(sorted(_PARAMETERS))}.")
    return BookQuery(
        category=category,
        author=author,
        format=format,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        rating_min=rating_min,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )


class Browse(Controller):
    """Open to everybody; send `Cache-Control: no-cache` for an answer that is not a few seconds old."""

    tags = ("Books",)

    @get(
        "/books",
        description=ListBooks.__doc__,
        before_request=answer_at_once,
        dependencies={"book_query": Provide(provide_book_query)},
    )
    async def list_books(
        self,
        request: Request[Any, Any, Any],
        book_query: NamedDependency[BookQuery],
        list_books: NamedDependency[ListBooks],
        answers: NamedDependency[Answers],
    ) -> Response[BookPage]:
        """Books on sale, a page at a time."""

        async def ask() -> Answer:
            page = await list_books(book_query)
            tags = {
                tag for book in page.items for tag in (about_book(book.book_id), about_work(book.work_id))
            }
            return _fingerprinted(page, tags)

        return await answered(request, answers, ask, LIFE)

    @get("/books/{book_id:uuid}", before_request=answer_at_once, description=ReadBook.__doc__)
    async def read_book(
        self,
        request: Request[Any, Any, Any],
        book_id: FromPath[UUID],
        read_book: NamedDependency[ReadBook],
        answers: NamedDependency[Answers],
    ) -> Response[BookDetail]:
        """One book with its availability and its sister editions."""

        async def ask() -> Answer:
            return page_of(await read_book(BookId(book_id)))

        return await answered(request, answers, ask, LIFE)

    @get("/categories", before_request=answer_at_once, description=ListCategories.__doc__)
    async def list_categories(
        self,
        request: Request[Any, Any, Any],
        list_categories: NamedDependency[ListCategories],
        answers: NamedDependency[Answers],
    ) -> Response[CategoryList]:
        """The shelves of the shop."""

        async def ask() -> Answer:
            return _fingerprinted(CategoryList(await list_categories()), ())

        return await answered(request, answers, ask, LIFE)


def page_of(book: BookDetail) -> Answer:
    """A book's page with its tag."""
    body = _encode(book)
    shown = (book.book_id, *(sister.book_id for sister in book.editions))
    tags = {about_work(book.work_id), *map(about_book, shown)}
    return Answer(body, version_tag(book.version, body), frozenset(tags))


def _fingerprinted(said: object, tags: Iterable[str]) -> Answer:
    body = _encode(said)
    return Answer(body, f'"{fingerprint(body)}"', frozenset(tags))
