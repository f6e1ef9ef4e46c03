"""Keeping the catalogue: adding, correcting and withdrawing books, for staff."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from application.books.add_book import AddBook
from application.books.catalogue import BookDetail
from application.books.read_book import ReadBook
from application.books.revise_book import ReviseBook
from application.books.withdraw_book import WithdrawBook
from application.shared.answers import about_book, about_work
from domain.shared.ids import BookId
from domain.users.principal import Principal
from entrypoints.http.answers.answers import Answers
from entrypoints.http.books.browse import page_of
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
        answers: NamedDependency[Answers],
    ) -> Response[BookDetail]:
        """A new edition."""
        book_id = await add_book(data.entry(), data.of_work())
        return await _changed(read_book, answers, book_id, status=201, Location=f"/v1/books/{book_id}")

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
        await revise_book(BookId(book_id), data.revision(), seen_version(if_match, needed=True))
        return await _changed(read_book, answers, BookId(book_id))

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
        await revise_book(BookId(book_id), data.revision(), seen_version(if_match, needed=True))
        return await _changed(read_book, answers, BookId(book_id))

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
        await answers.changed(about_book(book_id))


async def _changed(
    read_book: ReadBook, answers: Answers, book_id: BookId, status: int = 200, **headers: str
) -> Response[Any]:
    """The book as it is now. From here on everybody else sees it so, too: its sister editions name it."""
    book = await read_book(book_id)
    await answers.changed(about_book(book_id), about_work(book.work_id))
    answer = page_of(book)
    told = {"ETag": answer.etag, **headers}
    return Response(answer.body, status_code=status, media_type="application/json", headers=told)
