"""Google Books (https://developers.google.com/books/docs/v1/using) as a source of books.

`country` goes with every question: without it Google answers 403 where it cannot tell from the address where
the caller is. `langRestrict` goes with none: it hides editions that are there.
"""

import asyncio
from typing import Any, Final
from urllib.parse import quote

from adapters.books_api.google_refusals import refusal_of
from adapters.books_api.google_volumes import NAME, book_of, isbns_of, volume, volumes
from adapters.books_api.wire import ANSWER_SECONDS, Answer, Wire
from application.external_books.book import ExternalBook
from application.external_books.ports import SourceFailed, Tag, Told
from application.external_books.question import Question
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn

MOST: Final = 20  # of at most 40 a page
NOTHING: Final = Told(())
OK, UNCHANGED, GONE = 200, 304, 404


class GoogleBooks:
    """The `BookSource` port. A search is one call; an ISBN is two, since what a list tells of a volume is
    less than what the volume itself does, and sometimes other.
    """

    name = NAME

    def __init__(self, url: str, key: str, country: str, wire: Wire, clock: Clock) -> None:
        self._url = f"{url.rstrip('/')}/volumes"
        self._always = {"country": country, **({"key": key} if key else {})}
        self._wire = wire
        self._clock = clock

    async def ask(self, question: Question, before: Tag | None) -> Told | None:
        """See the port."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                if question.isbn is None:
                    return await self._search(question.words)
                return await self._look_up(question.isbn, before)
        except TimeoutError:
            raise SourceFailed("Google Books: no answer in time.") from None

    async def close(self) -> None:
        """See the port."""
        await self._wire.close()

    async def _search(self, words: str) -> Told:
        found = [
            book
            for record, info in volumes(await self._list(words))
            if (isbns := isbns_of(info)) and (book := book_of(record, info, isbns[0]))
        ]
        return Told(tuple(found))

    async def _look_up(self, isbn: Isbn, before: Tag | None) -> Told | None:
        if before is not None:
            answer = await self._get(f"/{quote(before.record, safe='')}", etag=before.etag)
            if answer is not None and answer.status == UNCHANGED:
                return None
            if answer is not None and (told := _told(answer, isbn)).books:
                return told
        # It may answer with another book's record, so only a volume that bears this very number counts.
        for record, info in volumes(await self._list(f"isbn:{isbn}")):
            if isbn in isbns_of(info):
                answer = await self._get(f"/{quote(record, safe='')}")
                return NOTHING if answer is None else _told(answer, isbn)
        return NOTHING

    async def _list(self, query: str) -> dict[str, Any]:
        answer = await self._get("", q=query, maxResults=str(MOST), printType="books")
        return {} if answer is None else answer.document()

    async def _get(self, path: str, *, etag: str = "", **asked: str) -> Answer | None:
        headers = {"If-None-Match": etag} if etag else {}
        answer = await self._wire.get(self._url + path, {**self._always, **asked}, headers)
        if answer.status in {OK, UNCHANGED}:
            return answer
        if answer.status == GONE and path:
            return None
        if refusal := refusal_of(answer, self._clock.now()):
            raise refusal
        return None


def _told(answer: Answer, isbn: Isbn) -> Told:
    document = answer.document()
    found = volume(document)
    if found is None or isbn not in isbns_of(found[1]):
        return NOTHING
    record, info = found
    book: ExternalBook | None = book_of(record, info, isbn)
    if book is None:
        return NOTHING
    return Told((book,), Tag(record, _etag(answer, document)))


def _etag(answer: Answer, document: dict[str, Any]) -> str:
    """That of the answer, or the one in the volume where a proxy has taken the header away."""
    if told := answer.headers.get("ETag"):
        return told
    inside = document.get("etag")
    return f'"{inside}"' if isinstance(inside, str) and inside.isascii() and inside.isalnum() else ""
