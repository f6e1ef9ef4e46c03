"""Whom a shop asks about books is its operator's choice."""

from adapters.books_api.google_books import GoogleBooks
from entrypoints.book_sources import chosen_sources
from entrypoints.settings import Settings
from entrypoints.stack.secrets import new_secrets
from entrypoints.stack.shop import parts_of_the_shop
from tests.fakes.time import StandingClock


def settings(**values: str) -> Settings:
    return Settings.load({**new_secrets(), **values})


def test_google_is_asked_before_open_library() -> None:
    for chosen in ("sandbox", "live"):
        sources = chosen_sources(settings(OCTAVO_BOOK_SOURCES=chosen), StandingClock())
        assert [source.name for source in sources] == ["google_books", "open_library"]


def test_an_operator_may_have_nobody_asked() -> None:
    assert chosen_sources(settings(OCTAVO_BOOK_SOURCES="none"), StandingClock()) == []


def test_the_stand_in_is_started_where_it_is_asked() -> None:
    for chosen, started in (("sandbox", True), ("live", False), ("none", False)):
        parts = parts_of_the_shop(settings(OCTAVO_BOOK_SOURCES=chosen), {}, "run")
        assert ("books-api" in parts) is started


def test_who_asks_live_needs_no_key_of_the_stand_in_and_shows_its_own_to_nobody() -> None:
    live = settings(OCTAVO_BOOK_SOURCES="live", OCTAVO_BOOKS_API_KEY="", OCTAVO_GOOGLE_BOOKS_KEY="s3cret")
    assert "s3cret" not in repr(live)
    (google, _) = chosen_sources(live, StandingClock())
    assert isinstance(google, GoogleBooks)
    assert "s3cret" not in repr(google)
