"""How far somebody has read: told in the terms of her own edition, held as a part of the work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.meetings.errors import EditionLengthUnknown
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId

WHOLE: Final = 1_000_000  # parts: one is less than a word of the longest novel
HUNDRED: Final = 100
LONGEST: Final = 10_000_000  # pages, chapters or seconds; the longest audiobook has a twentieth of them

# Three pages a minute is twice as fast as trained readers with full understanding (Brysbaert 2019: 238 words
# a minute, some 300 on a page). Whoever is faster, for long, leafs.
PAGES_A_MINUTE: Final = 3
# What was read on the way home, before the first note.
HEAD_START: Final = 30
# Where nobody knows how long the work is: the median of 10,000 well-known books has 336 pages.
TYPICAL_PAGES: Final = 336


class Unit(StrEnum):
    """What readers count in."""

    PAGE = "page"
    PERCENT = "percent"
    CHAPTER = "chapter"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Position:
    """`number` of `of`: page 120 of 320, second 900 of 36,000."""

    unit: Unit
    number: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.of <= LONGEST:
            raise InvalidInput("of", f"Use 1 to {LONGEST}.")
        if not 0 <= self.number <= self.of:
            raise InvalidInput(self.unit.value, f"Use 0 to {self.of}: your edition has no more.")

    @classmethod
    def told(cls, unit: Unit, number: int, of: int | None) -> "Position":
        """Percents are of a hundred; the others need the length of the reader's edition."""
        if unit is Unit.PERCENT:
            return cls(unit, number, HUNDRED)
        if of is None:
            raise EditionLengthUnknown(unit.value)
        return cls(unit, number, of)

    @property
    def fraction(self) -> int:
        """In parts per million, rounded down: only the last page is the end."""
        return self.number * WHOLE // self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`high_water` is the farthest that was ever told: leafing back and forth adds nothing. `credited` is the
    part of it that the time since the reader began is enough for; it grows as time passes. `edition` is hers.
    """

    position: Position | None = None
    edition: BookId | None = None
    fraction: int = 0
    high_water: int = 0
    credited: int = 0
    noted_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_plausible(self) -> bool:
        """Nobody would have had to leaf."""
        return self.credited == self.high_water


def readable(pages: int | None, elapsed: timedelta) -> int:
    """How much of a work of so many pages anybody can have read in that time, in parts per million."""
    minutes = max(elapsed // timedelta(minutes=1), 0)
    return min((HEAD_START + PAGES_A_MINUTE * minutes) * WHOLE // (pages or TYPICAL_PAGES), WHOLE)
