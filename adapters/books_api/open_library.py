"""Open Library (https://openlibrary.org/dev/docs/api/search) as a source of books.

One address answers both kinds of question: its search tells each work with the edition that fits best, while
the older `/api/books` is on its way out and `/isbn/…` tells authors by number alone.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from adapters.books_api.wire import Answer, Wire
from application.external_books import cleaning
from application.external_books.book import ExternalBook
from application.external_books.ports import NoAnswer, SourceBusy, SourceFailed, SourceRefuses, Tag, Told
from application.external_books.question import Question
from domain.books.work import LONGEST_NAME
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn

NAME: Final = "open_library"
MOST: Final = 20
BRIEFLY: Final = 60.0  # seconds, where it does not say for how long
FIELDS: Final = (
    "key,title,author_name,subject,editions,editions.key,editions.title,editions.isbn,editions.publisher,"
    "editions.publish_date,editions.language,editions.cover_i"
)
# What its query language takes for itself; visitors mean the character.
_SYNTAX: Final = re.compile(r'[+\-!(){}\[\]^"~*?:\\/|&<>=]+')
OK, BAD_QUESTION, TOO_MANY = 200, 400, 429
REFUSED: Final = frozenset({401, 403})


class OpenLibrary:
    """The `BookSource` port."""

    name = NAME

    def __init__(self, url: str, wire: Wire, clock: Clock) -> None:
        self._url = f"{url.rstrip('/')}/search.json"
        self._wire = wire
        self._clock = clock

    async def ask(self, question: Question, before: Tag | None) -> Told | None:  # noqa: ARG002 - it gives no tags
        """See the port."""
        isbn = question.isbn
        query = f"isbn:{isbn}" if isbn else " ".join(_SYNTAX.sub(" ", question.words).split())
        if not query:
            return Told(())
        asked = {"q": query, "fields": FIELDS, "limit": str(MOST)}
        answer = await self._wire.get(self._url, asked, {})
        if answer.status == BAD_QUESTION:
            return Told(())
        if answer.status != OK:
            raise self._refusal(answer)
        return Told(tuple(_books(answer.document(), isbn)))

    async def close(self) -> None:
        """See the port."""
        await self._wire.close()

    def _refusal(self, answer: Answer) -> NoAnswer:
        why = f"Open Library: {answer.status}"
        told = answer.retry_after(self._clock.now())
        if answer.status == TOO_MANY:
            return SourceBusy(why, told or BRIEFLY)
        return SourceRefuses(why) if answer.status in REFUSED else SourceFailed(why)


def _books(document: dict[str, Any], asked: Isbn | None) -> Iterator[ExternalBook]:
    works = document.get("docs")
    if not isinstance(works, list):
        raise SourceFailed("Open Library: an answer without a list.")
    for work in works:
        edition = _edition(work) if isinstance(work, dict) else None
        if edition is None:
            continue
        isbns = cleaning.isbns(_several(edition.get("isbn")))
        isbn = asked if asked in isbns else isbns[0] if isbns and asked is None else None
        if isbn is not None and (book := _book(work, edition, isbn)):
            yield book


def _edition(work: dict[str, Any]) -> dict[str, Any] | None:
    editions = work.get("editions")
    found = _several(editions.get("docs")) if isinstance(editions, dict) else []
    return next((edition for edition in found if isinstance(edition, dict)), None)


def _book(work: dict[str, Any], edition: dict[str, Any], isbn: Isbn) -> ExternalBook | None:
    title = cleaning.title(edition.get("title")) or cleaning.title(work.get("title"))
    record = cleaning.line(edition.get("key"), LONGEST_NAME)
    if title is None or record is None:
        return None
    return ExternalBook(
        isbn=isbn,
        title=title,
        source=NAME,
        source_id=record.rpartition("/")[2],
        authors=cleaning.names(work.get("author_name")),
        publisher=next(iter(cleaning.names(edition.get("publisher"))), None),
        published_date=next(
            filter(None, map(cleaning.published, _several(edition.get("publish_date")))), None
        ),
        language=_language(_several(edition.get("language"))),
        categories=cleaning.subjects(work.get("subject")),
        cover=_cover(edition.get("cover_i")),
    )


def _language(codes: list[object]) -> str | None:
    """An edition in two languages is in none of them."""
    return cleaning.language(codes[0]) if len(codes) == 1 else None


def _cover(number: object) -> str | None:
    known = isinstance(number, int) and not isinstance(number, bool) and number > 0  # -1 stands for none
    return f"https://covers.openlibrary.org/b/id/{number}-L.jpg" if known else None


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else []
