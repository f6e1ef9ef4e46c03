"""Whom the shop asks about books that it does not sell."""

from dataclasses import dataclass, field
from typing import Final, Literal, cast

from entrypoints.environment import Environment, SettingError

COUNTRY_LETTERS: Final = 2
MOST_A_DAY: Final = 10_000_000  # nobody allows more
MOST_A_MINUTE: Final = 60_000


@dataclass(frozen=True, kw_only=True)
class BookSources:
    """Those who know books, and how we call."""

    chosen: Literal["sandbox", "live", "none"]  # OCTAVO_BOOK_SOURCES
    url: str  # OCTAVO_BOOKS_API_URL: of the stand-in for them
    api_key: str = field(repr=False)  # OCTAVO_BOOKS_API_KEY: of the stand-in's control of faults
    country: str  # OCTAVO_BOOKS_COUNTRY: where Google is to think we are: what it tells depends on it
    contact: str  # OCTAVO_BOOKS_CONTACT: where those we ask may write to us
    google_key: str = field(repr=False)  # OCTAVO_GOOGLE_BOOKS_KEY: empty: the quota shared by all without one
    google_a_minute: int  # OCTAVO_GOOGLE_BOOKS_PER_MINUTE: questions of all processes together
    google_a_day: int  # OCTAVO_GOOGLE_BOOKS_PER_DAY: our share of the quota
    open_library_a_minute: int  # OCTAVO_OPEN_LIBRARY_PER_MINUTE
    open_library_a_day: int  # OCTAVO_OPEN_LIBRARY_PER_DAY


def book_sources(env: Environment) -> BookSources:
    """From the environment."""
    chosen = env.choice("OCTAVO_BOOK_SOURCES", "sandbox", "live", "none")
    country = env.text("OCTAVO_BOOKS_COUNTRY", "US")
    if len(country) != COUNTRY_LETTERS or not (country.isascii() and country.isalpha() and country.isupper()):
        raise SettingError("OCTAVO_BOOKS_COUNTRY", f"{country!r} is not a country like US or DE.")
    contact = env.text("OCTAVO_BOOKS_CONTACT", "")
    if not (contact.isascii() and contact.isprintable()):
        raise SettingError("OCTAVO_BOOKS_CONTACT", "use an e-mail address or a link in plain letters.")
    return BookSources(
        chosen=cast("Literal['sandbox', 'live', 'none']", chosen),
        url=env.url("OCTAVO_BOOKS_API_URL", "http://127.0.0.1:8103", "http", "https"),
        api_key=env.secret("OCTAVO_BOOKS_API_KEY") if chosen == "sandbox" else "",
        country=country,
        contact=contact,
        google_key=env.text("OCTAVO_GOOGLE_BOOKS_KEY", ""),
        # Google turns away who asks oftener than once a second for long, and an ISBN is two questions to it.
        google_a_minute=env.number("OCTAVO_GOOGLE_BOOKS_PER_MINUTE", 30, least=1, most=MOST_A_MINUTE),
        google_a_day=env.number("OCTAVO_GOOGLE_BOOKS_PER_DAY", 1_000, least=0, most=MOST_A_DAY),
        # What Open Library asks of those who do not say whom to write to; it allows others three times that.
        open_library_a_minute=env.number("OCTAVO_OPEN_LIBRARY_PER_MINUTE", 60, least=1, most=MOST_A_MINUTE),
        open_library_a_day=env.number("OCTAVO_OPEN_LIBRARY_PER_DAY", 5_000, least=0, most=MOST_A_DAY),
    )
