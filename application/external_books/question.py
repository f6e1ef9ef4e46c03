"""What somebody wants to know of others."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from domain.books.text import demand_printable
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn

SHORTEST: Final = 2  # characters: one letter finds everything
LONGEST: Final = 200  # a title and its author
FRESH_SEARCH: Final = timedelta(hours=24)  # new books come to a catalogue by the day
FRESH_VOLUME: Final = timedelta(days=30)  # a printed book's description hardly ever changes


@dataclass(frozen=True, slots=True)
class Question:
    """Some words, or one ISBN."""

    words: str = ""
    isbn: Isbn | None = None

    @classmethod
    def about(cls, words: str | None, isbn: str | None) -> Self:
        """From a visitor's own hand. Raises InvalidInput unless exactly one is asked."""
        if (words is None) == (isbn is None):
            raise InvalidInput("q", "Ask by words (q) or by number (isbn), one of them.")
        if isbn is not None:
            return cls(isbn=Isbn.parse(isbn))
        asked = " ".join((words or "").split())
        demand_printable("q", asked, LONGEST)
        if len(asked) < SHORTEST:
            raise InvalidInput("q", f"Use at least {SHORTEST} characters.")
        return cls(words=asked)

    @property
    def key(self) -> str:
        """Equal questions have equal keys, whoever shouts."""
        if self.isbn is not None:
            return f"isbn:{self.isbn}"
        return f"words:{unicodedata.normalize('NFKC', self.words).casefold()}"

    def fresh_for(self, *, found: bool) -> timedelta:
        """How long an answer holds. That an ISBN is unknown may change by tomorrow."""
        return FRESH_VOLUME if self.isbn is not None and found else FRESH_SEARCH
