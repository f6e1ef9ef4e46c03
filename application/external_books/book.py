"""What others say of a book: hearsay, checked field by field, and not yet ours."""

from dataclasses import dataclass

from domain.books.edition import PAGES
from domain.books.text import demand_language_tag, demand_printable
from domain.books.work import LONGEST_TITLE
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalBook:
    """One edition as `source` describes it, known there as `source_id`. `published_date` is as exact as the
    source is: 1991, 1991-10 or 1991-10-01. `categories` are the source's own words, no shelves of the shop.
    """

    isbn: Isbn
    title: str
    source: str
    source_id: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    language: str | None = None
    pages: int | None = None
    description: str | None = None
    categories: tuple[str, ...] = ()
    cover: str | None = None

    def __post_init__(self) -> None:
        demand_printable("title", self.title, LONGEST_TITLE)
        if self.language is not None:
            demand_language_tag("language", self.language)
        if self.pages is not None and self.pages not in PAGES:
            raise InvalidInput("pages", f"Use {PAGES.start} to {PAGES.stop - 1} pages.")
