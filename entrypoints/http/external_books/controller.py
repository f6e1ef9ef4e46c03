"""Books that the shop does not sell: GET /v1/external/books, and POST /v1/external/books/import."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from application.books.catalogue import BookDetail
from application.books.read_book import ReadBook
from application.external_books.admit_visitor import AdmitVisitor
from application.external_books.find_external_books import FindExternalBooks
from application.external_books.import_external_book import ImportExternalBook
from application.external_books.question import LONGEST, Question
from application.shared.answers import Answer, Life
from domain.shared.errors import InvalidInput
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.answers.entity_tags import fingerprint
from entrypoints.http.answers.ready import answered
from entrypoints.http.books.browse import page_of
from entrypoints.http.external_books.schemas import ExternalBookList, TakeIn
from entrypoints.http.middleware.rate_limit import household

PARAMETERS: Final = ("isbn", "q")
# Seconds: so many visitors who come with the same question at once are one question to the sources. What they
# told is kept elsewhere, and longer.
LIFE: Final = Life(fresh=1.0)
_encode: Final = msgspec.json.Encoder().encode


class ExternalBooks(Controller):
    """Others are asked for us, so visitors are counted here more strictly than elsewhere."""

    path = "/external/books"
    tags = ("External books",)

    @get(description=FindExternalBooks.__doc__)
    async def find(
        self,
        *,
        request: Request[Any, Any, Any],
        visitor: NamedDependency[Principal | None],
        admit_visitor: NamedDependency[AdmitVisitor],
        find_external_books: NamedDependency[FindExternalBooks],
        answers: NamedDependency[Answers],
        q: Annotated[
            str | None, QueryParameter(description=f"Words, 2 to {LONGEST} characters of them.")
        ] = None,
        isbn: Annotated[str | None, QueryParameter(description="ISBN-13 or ISBN-10.")] = None,
    ) -> Response[ExternalBookList]:
        """What others know of a book."""
        for name in request.query_params:
            if name not in PARAMETERS:
                raise InvalidInput(name, f"There is no such parameter; use {' or '.join(PARAMETERS)}.")
        question = Question.about(q, isbn)
        await admit_visitor(_who(visitor, request))

        async def ask() -> Answer:
            body = _encode(ExternalBookList.of(await find_external_books(question)))
            return Answer(body, f'"{fingerprint(body)}"')

        return await answered(request, answers, ask, LIFE)

    @post("/import", description=ImportExternalBook.__doc__)
    async def take_in(
        self,
        data: JSONBody[TakeIn],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        import_external_book: NamedDependency[ImportExternalBook],
        read_book: NamedDependency[ReadBook],
    ) -> Response[BookDetail]:
        """A new edition, by what others say of it."""
        book_id = await import_external_book(data.wanted())
        page = page_of(await read_book(book_id))
        return _created(page, f"/v1/books/{book_id}")


def _created(page: Answer, location: str) -> Response[Any]:
    headers = {"ETag": page.etag, "Location": location}
    return Response(page.body, status_code=201, media_type="application/json", headers=headers)


def _who(visitor: Principal | None, request: Request[Any, Any, Any]) -> str:
    if visitor is not None:
        return f"reader:{visitor.user_id}"
    return f"address:{household(request.client.host)}" if request.client else "address:unknown"
