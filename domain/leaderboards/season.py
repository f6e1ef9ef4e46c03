"""Seasons: the quarters of a year in UTC, each a new beginning."""

from datetime import UTC, datetime
from typing import Final

from domain.shared.errors import InvalidInput

_MONTHS: Final = 3
_YEAR: Final = 12
_SHAPE: Final = "Name a season as 2026-Q4."
_LENGTH: Final = len("2026-Q4")


def season_of(at: datetime) -> str:
    """2026-Q4, say."""
    moment = at.astimezone(UTC)
    return f"{moment.year}-Q{(moment.month - 1) // _MONTHS + 1}"


def season_around(at: datetime) -> tuple[datetime, datetime]:
    """The first moment of its season, and of the next one."""
    moment = at.astimezone(UTC)
    first = datetime(moment.year, (moment.month - 1) // _MONTHS * _MONTHS + 1, 1, tzinfo=UTC)
    last = first.month + _MONTHS > _YEAR
    return first, first.replace(year=first.year + last, month=first.month + _MONTHS - (_YEAR if last else 0))


def demand_season(text: str) -> str:
    """As `season_of` writes it; raises `InvalidInput`."""
    year, _, quarter = text.partition("-Q")
    named = len(text) == _LENGTH and year.isdecimal() and year.isascii() and quarter in {"1", "2", "3", "4"}
    if not named:
        raise InvalidInput("season", _SHAPE)
    return text
