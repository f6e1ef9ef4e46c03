"""Which sources of books the settings ask for, and how they are asked."""

import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from adapters.books_api.google_books import GoogleBooks
from adapters.books_api.open_library import OpenLibrary
from adapters.books_api.wire import Wire
from application.external_books.guarded_source import TERMS, GuardedSource
from application.external_books.ports import BookSource, Pace, PaceTerms, SourceFailed
from application.shared.breaker import CircuitBreaker
from application.shared.measurements import Measurements
from domain.shared.clock import Clock
from entrypoints.settings import Settings

GOOGLE: Final = "https://www.googleapis.com/books/v1"
OPEN_LIBRARY: Final = "https://openlibrary.org"
AT_ONCE: Final = 5  # questions in a row after a rest: a visitor tries a few words
AT_ONCE_SHARE: Final = 12  # where more are allowed, as many as come in five seconds


def chosen_sources(settings: Settings, clock: Clock) -> Sequence[BookSource]:
    """In the order in which they are asked."""
    books = settings.books
    if books.chosen == "none":
        return []
    live = books.chosen == "live"
    ours = agent(books.contact)
    return [
        GoogleBooks(
            GOOGLE if live else f"{books.url}/books/v1", books.google_key, books.country, Wire(ours), clock
        ),
        OpenLibrary(OPEN_LIBRARY if live else books.url, Wire(ours), clock),
    ]


def guarded(
    sources: Sequence[BookSource], settings: Settings, pace: Pace, measurements: Measurements
) -> Sequence[GuardedSource]:
    """The same, each with a pace and a breaker of its own."""
    books = settings.books
    terms = {
        GoogleBooks.name: _terms(books.google_a_minute, books.google_a_day),
        OpenLibrary.name: _terms(books.open_library_a_minute, books.open_library_a_day),
    }
    return [
        GuardedSource(
            source,
            terms[source.name],
            pace=pace,
            breaker=CircuitBreaker(
                source.name, TERMS, failures=(SourceFailed,), seconds=time.monotonic, watch=measurements
            ),
            measurements=measurements,
        )
        for source in sources
    ]


def _terms(a_minute: int, a_day: int) -> PaceTerms:
    return PaceTerms(a_minute=a_minute, at_once=max(AT_ONCE, a_minute // AT_ONCE_SHARE), a_day=a_day)


def agent(contact: str) -> str:
    """How the shop names itself to those it asks."""
    try:
        ours = f"Octavo/{version('octavo')}"
    except PackageNotFoundError:
        ours = "Octavo"  # run from a checkout that was never installed
    return f"{ours} ({contact})" if contact else ours
