"""Those who know books: in memory as many as a scenario needs, over HTTP the stand-in's whole library."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from application.external_books.book import ExternalBook
from application.external_books.ports import PaceTerms, SourceFailed
from application.external_books.question import Question
from domain.books.book import Book
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn
from entrypoints.sandbox.books.library import ELSEWHERE, Library, Volume
from tests.fakes.external_books import InMemoryKeptAnswers, ScriptedSource

GOOGLE, OPEN_LIBRARY = "google_books", "open_library"
# What the stand-in is asked when a book is looked up there.
ASKED: Final = {GOOGLE: "google_search", OPEN_LIBRARY: "open_library_search"}


_library: Final = cache(Library)


def unsold(title: str) -> Volume:
    """An edition that only others know."""
    found = (volume for volume in _library().search(title, 100) if volume.title == title)
    return next(volume for volume in found if volume.publisher == ELSEWHERE)


class Unhurried:
    """The `Pace` port for stories that are not about haste."""

    async def take(self, whose: str, terms: PaceTerms) -> float:
        return 0.0

    async def rest(self, whose: str, seconds: float) -> None:
        """Nobody needs to."""


class OwnBooksOnShelves:
    """The `OwnBooks` port over what the shop in memory sells."""

    def __init__(self, shelves: Callable[[], Sequence[Book]]) -> None:
        self._shelves = shelves

    async def on_sale(self, isbns: Sequence[Isbn]) -> Mapping[Isbn, BookId]:
        return {book.isbn: book.id for book in self._on_sale() if book.isbn in isbns}

    async def matching(self, question: Question, limit: int) -> Sequence[ExternalBook]:
        words = question.words.casefold()
        found = [
            book
            for book in self._on_sale()
            if (
                book.isbn == question.isbn if question.isbn else book.facts.title.casefold().startswith(words)
            )
        ]
        return [
            ExternalBook(isbn=b.isbn, title=b.facts.title, source="catalogue", source_id=str(b.id))
            for b in found[:limit]
        ]

    def _on_sale(self) -> list[Book]:
        return [book for book in self._shelves() if book.withdrawn_at is None]


class ElsewhereInMemory:
    """Two sources that know what they are told."""

    def __init__(self, shelves: Callable[[], Sequence[Book]]) -> None:
        self._sources = [ScriptedSource(GOOGLE), ScriptedSource(OPEN_LIBRARY)]
        self._own = OwnBooksOnShelves(shelves)

    def ports(self) -> Mapping[str, object]:
        """What the wiring is given instead."""
        return {
            "book_sources": self._sources,
            "pace": Unhurried(),
            "book_answers_kept": InMemoryKeptAnswers(),
            "own_books": self._own,
        }

    def know(self, volume: Volume) -> None:
        """From now on both know it."""
        for source in self._sources:
            source.fails = None
            source.books.append(
                ExternalBook(
                    isbn=volume.isbn,
                    title=volume.title,
                    source=source.name,
                    source_id=volume.id,
                    authors=volume.authors,
                )
            )

    def fall_silent(self, name: str) -> None:
        """Until the next story begins."""
        for source in self._sources:
            if source.name == name:
                source.fails = SourceFailed("The story wants it so.")
