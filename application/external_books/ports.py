"""Whom the shop asks about books, how it paces itself, and where it keeps what it was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from application.external_books.book import ExternalBook
from application.external_books.question import Question
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn


class NoAnswer(Exception):
    """A source told nothing this time; the message says why, in words without secrets."""


class SourceFailed(NoAnswer):
    """It did not answer in time, or what it answered was no answer."""


class SourceBusy(NoAnswer):
    """It was asked too often, and is not to be asked again for `retry_after` seconds."""

    def __init__(self, why: str, retry_after: float) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class SourceRefuses(NoAnswer):
    """It does not speak to us (a wrong key, a forbidden place): a person must change something."""


class SourceResting(NoAnswer):
    """It was not asked at all: it is left in peace, or it is not our turn yet."""


@dataclass(frozen=True, slots=True)
class Tag:
    """By which to ask whether an answer still holds: the source's own record, and the entity tag it had."""

    record: str
    etag: str


@dataclass(frozen=True, slots=True)
class Told:
    """A source's answer; without books it knows of none."""

    books: tuple[ExternalBook, ...]
    tag: Tag | None = None


class BookSource(Protocol):
    """One who knows books. Whatever it says has been checked: right ISBNs only, and of an ISBN that was asked
    for only that very one; what could not be read is left out.
    """

    @property
    def name(self) -> str:
        """What the shop calls it."""
        ...

    async def ask(self, question: Question, before: Tag | None) -> Told | None:
        """What it knows; None: what it told `before` still holds. Raises `SourceFailed`, `SourceBusy`,
        `SourceRefuses`.
        """
        ...

    async def close(self) -> None:
        """Give the connections back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceTerms:
    """`a_minute` at a steady pace, `at_once` of them in a row after a rest, and never more than `a_day`."""

    a_minute: int
    at_once: int
    a_day: int | None = None


class Pace(Protocol):
    """Counts for all processes of the shop together; where they cannot, each counts alone. Never fails."""

    async def take(self, whose: str, terms: PaceTerms) -> float:
        """Go once (0.0), or come back in so many seconds."""
        ...

    async def rest(self, whose: str, seconds: float) -> None:
        """Nobody goes for so long."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What a source told, and when it last stood by it."""

    told: Told
    at: datetime


class KeptAnswers(Protocol):
    """Remembers answers. Never fails: what cannot be reached is not known."""

    async def find(self, source: str, question: Question) -> Kept | None:
        """What that source told."""
        ...

    async def keep(self, source: str, question: Question, kept: Kept, span: timedelta) -> None:
        """Remember it for so long."""
        ...


class OwnBooks(Protocol):
    """The shop's own catalogue, for comparison and as the last one asked."""

    async def on_sale(self, isbns: Sequence[Isbn]) -> Mapping[Isbn, BookId]:
        """Which of these the shop sells."""
        ...

    async def matching(self, question: Question, limit: int) -> Sequence[ExternalBook]:
        """Books on sale with that ISBN, or whose title begins with the words, or whose author bears them."""
        ...
