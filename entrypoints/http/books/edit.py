"""Keeping the catalogue: adding, correcting and withdrawing books, for staff."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from application.books.add_book import AddBook
from application.books.catalogue import BookDetail
from application.books.read_book import ReadBook
from application.books.revise_book import ReviseBook, Revision
from application.books.withdraw_book import WithdrawBook
from domain.shared.ids import BookId
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.books.browse import page_of, page_question
from entrypoints.http.books.schemas import BookBody, BookPatch, NewBook
from entrypoints.http.books.versions import seen_version

IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", required=False, description="The ETag of the book as you read it."),
]


class Edit(Controller):
    """Changes name the version they were made on; who saw an older one is told 412 and reads again."""

    path = "/books"
    tags = ("Books",)

    @post(description=AddBook.__doc__)
    async def add(
        self,
        data: JSONBody[NewBook],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        add_book: NamedDependency[AddBook],
        read_book: NamedDependency[ReadBook],
    ) -> Response[BookDetail]:
        """A new edition."""
        book_id = await add_book(data.entry(), data.of_work())
        return await _page(read_book, book_id, status=201, Location=f"/v1/books/{book_id}")

    @put("/{book_id:uuid}", description=ReviseBook.__doc__)
    async def replace(
        self,
        *,
        book_id: FromPath[UUID],
        data: JSONBody[BookBody],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        revise_book: NamedDependency[ReviseBook],
        read_book: NamedDependency[ReadBook],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> Response[BookDetail]:
        """Say everything anew: what is missing is forgotten."""
        await _revise(revise_book, answers, BookId(book_id), data.revision(), if_match)
        return await _page(read_book, BookId(book_id))

    @patch("/{book_id:uuid}", description=ReviseBook.__doc__)
    async def amend(
        self,
        *,
        book_id: FromPath[UUID],
        data: JSONBody[BookPatch],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        revise_book: NamedDependency[ReviseBook],
        read_book: NamedDependency[ReadBook],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> Response[BookDetail]:
        """Change what is named."""
        await _revise(revise_book, answers, BookId(book_id), data.revision(), if_match)
        return await _page(read_book, BookId(book_id))

    @delete("/{book_id:uuid}", description=WithdrawBook.__doc__)
    async def withdraw(
        self,
        book_id: FromPath[UUID],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        withdraw_book: NamedDependency[WithdrawBook],
        answers: NamedDependency[Answers],
        if_match: IfMatch = None,
    ) -> None:
        """Take it out of the catalogue; If-Match is optional here."""
        await withdraw_book(BookId(book_id), seen_version(if_match, needed=False))
        answers.forget(page_question(BookId(book_id)))


async def _revise(
    revise_book: ReviseBook, answers: Answers, book_id: BookId, revision: Revision, if_match: str | None
) -> None:
    await revise_book(book_id, revision, seen_version(if_match, needed=True))
    answers.forget(page_question(book_id))


async def _page(read_book: ReadBook, book_id: BookId, status: int = 200, **headers: str) -> Response[Any]:
    answer = page_of(await read_book(book_id))
    told = {"ETag": answer.etag, **headers}
    return Response(answer.body, status_code=status, media_type="application/json", headers=told)
