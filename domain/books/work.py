"""A work: what the author wrote, whatever it is printed on."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from domain.books.events import WorkRevised
from domain.books.reading_order import place_in_series, series_key
from domain.books.text import bounded, demand_language_tag, demand_printable, matching_key
from domain.shared.errors import InvalidInput
from domain.shared.events import Aggregate
from domain.shared.ids import WorkId

LONGEST_TITLE: Final = 500
LONGEST_NAME: Final = 200
LONGEST_DESCRIPTION: Final = 10_000
MOST_AUTHORS: Final = 50  # an anthology with more names its editor
YEARS: Final = range(-3000, 2201)  # Gilgamesh to the longest announced; negative is before our era


@dataclass(frozen=True, slots=True)
class Series:
    """A work's place in a series; `number` as printed ("2", "3.5"), None for a loose member."""

    name: str
    number: str | None = None

    def __post_init__(self) -> None:
        demand_printable("series.name", self.name, LONGEST_NAME)
        if self.number is not None:
            demand_printable("series.number", self.number, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What is known about a work. `language` is the one it was written in; `first_published` is a year."""

    title: str
    authors: tuple[str, ...]
    language: str | None = None
    first_published: int | None = None
    series: Series | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        demand_printable("title", self.title, LONGEST_TITLE)
        if not 1 <= len(self.authors) <= MOST_AUTHORS:
            raise InvalidInput("authors", f"Name between one and {MOST_AUTHORS} authors, in order.")
        for place, author in enumerate(self.authors):
            demand_printable(f"authors[{place}]", author, LONGEST_NAME)
        if self.language is not None:
            demand_language_tag("original_language", self.language)
        if self.first_published is not None and self.first_published not in YEARS:
            raise InvalidInput("first_published", f"Use a year from {YEARS.start} to {YEARS.stop - 1}.")
        if self.description is not None:
            demand_printable("description", self.description, LONGEST_DESCRIPTION)

    @property
    def key(self) -> str:
        """Two works with the same key are the same work: equal title and authors, spelling details aside."""
        return bounded("/".join([matching_key(self.title), *map(matching_key, self.authors)]))

    @property
    def series_key(self) -> str | None:
        """Works with the same key are of one series."""
        return series_key(self.series.name, self.authors[0]) if self.series else None

    @property
    def series_place(self) -> str | None:
        """By this, works of one series sort in reading order."""
        return place_in_series(self.series.number) if self.series else None


@dataclass(kw_only=True, slots=True)
class Work(Aggregate):
    """Holds what all editions share. An edition joins the work of its title and authors, or founds it."""

    id: WorkId
    facts: WorkFacts

    def revise(self, facts: WorkFacts, at: datetime) -> None:
        """Correct what is known; saying the same again changes nothing."""
        changed = changed_names(self.facts, facts)
        if changed:
            self.facts = facts
            self._record(WorkRevised(aggregate_id=self.id, occurred_at=at, changed=changed))


def changed_names(before: object, after: object) -> tuple[str, ...]:
    """The fields in which two facts of one kind differ."""
    names = (field.name for field in fields(before))  # type: ignore[arg-type] # always one of our dataclasses
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
