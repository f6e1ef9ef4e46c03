"""Look beyond the shop's own shelves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from application.external_books.ask_around import AskAround, Heard
from application.external_books.book import ExternalBook
from application.external_books.errors import BookSourcesUnavailable
from application.external_books.ports import OwnBooks
from application.external_books.question import Question
from domain.shared.clock import Clock
from domain.shared.ids import BookId

OWN: Final = "catalogue"  # the name of the last one asked
MOST_OWN: Final = 20  # as many as others tell at once


@dataclass(frozen=True, slots=True)
class Finding:
    """A book, and under which id the shop sells it, if it does."""

    book: ExternalBook
    in_catalogue: BookId | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What `source` said, `age_seconds` ago."""

    items: Sequence[Finding]
    source: str
    age_seconds: int


class FindExternalBooks:
    """Any visitor may look for books that the shop does not sell, by words or by ISBN. Google Books is asked
    first, then Open Library. An answer holds for a day, that to an ISBN for thirty; while a source is down,
    its last answer is told with its age. When nobody knows or answers, the shop's own catalogue does.
    """

    def __init__(self, ask_around: AskAround, own: OwnBooks, clock: Clock) -> None:
        self._ask_around = ask_around
        self._own = own
        self._clock = clock

    async def __call__(self, question: Question) -> Findings:
        """What is known, each edition once."""
        try:
            heard = await self._ask_around(question)
        except BookSourcesUnavailable:
            heard = None
        if heard is None:
            own = await self._own.matching(question, MOST_OWN)
            return Findings(await self._marked(own), OWN, 0)
        return await self._told(heard)

    async def _told(self, heard: Heard) -> Findings:
        age = self._clock.now() - heard.kept.at
        marked = await self._marked(heard.kept.told.books)
        return Findings(marked, heard.source, max(0, round(age.total_seconds())))

    async def _marked(self, books: Sequence[ExternalBook]) -> Sequence[Finding]:
        once = list({book.isbn: book for book in reversed(books)}.values())[::-1]
        ours = await self._own.on_sale([book.isbn for book in once])
        return [Finding(book, ours.get(book.isbn)) for book in once]
