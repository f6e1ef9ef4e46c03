"""What is known about one edition, apart from its price."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain.books.text import demand_language_tag, demand_printable, demand_storable
from domain.books.work import LONGEST_NAME, LONGEST_TITLE
from domain.shared.errors import InvalidInput

PAGES: Final = range(1, 20_001)
WEIGHT_GRAMS: Final = range(1, 50_001)  # what one person may lift in a warehouse, twice over
LONGEST_COVER: Final = 500
MOST_CATEGORIES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """What staff may correct about an edition. `categories` are slugs, the most fitting first;
    `details` is free JSON (translator, binding, signed by …).
    """

    title: str
    publisher: str | None = None
    published_date: date | None = None
    language: str | None = None
    pages: int | None = None
    weight_grams: int | None = None
    cover: str | None = None
    categories: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        demand_printable("title", self.title, LONGEST_TITLE)
        if self.publisher is not None:
            demand_printable("publisher", self.publisher, LONGEST_NAME)
        if self.language is not None:
            demand_language_tag("language", self.language)
        if self.pages is not None and self.pages not in PAGES:
            raise InvalidInput("pages", f"Use {PAGES.start} to {PAGES.stop - 1} pages.")
        if self.weight_grams is not None and self.weight_grams not in WEIGHT_GRAMS:
            raise InvalidInput("weight_grams", f"Use {WEIGHT_GRAMS.start} to {WEIGHT_GRAMS.stop - 1} grams.")
        if self.cover is not None and not _is_picture_address(self.cover):
            raise InvalidInput("cover", "Use an https address or a path beginning with one slash.")
        if len(self.categories) > MOST_CATEGORIES or len(set(self.categories)) != len(self.categories):
            raise InvalidInput("categories", f"Use at most {MOST_CATEGORIES} categories, each once.")
        if self.details:
            demand_storable("details", self.details)


def _is_picture_address(cover: str) -> bool:
    local = cover.startswith("/") and not cover.startswith("//")
    return len(cover) <= LONGEST_COVER and (local or cover.startswith("https://"))
