"""When readers meet: a moment, and the clock on the wall by which they keep it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from domain.shared.errors import InvalidInput

# The form of an IANA name; whether there is such a zone, a table knows that is no part of the rules.
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]{0,31}(?:/[A-Za-z0-9_+\-]{1,31}){0,2}")
FARTHEST: Final = timedelta(days=730)  # further ahead somebody mistyped the year


@dataclass(frozen=True, slots=True)
class Schedule:
    """`starts_at` is in UTC; `time_zone` is an IANA name such as Europe/London."""

    starts_at: datetime
    time_zone: str

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() != timedelta(0):
            raise InvalidInput("starts_at", "Use a time with its offset from UTC.")
        demand_zone_name(self.time_zone)

    @classmethod
    def at(cls, moment: datetime, time_zone: str) -> "Schedule":
        """From any moment that knows its offset."""
        return cls(moment.astimezone(UTC), time_zone)

    def demand_ahead(self, now: datetime) -> None:
        """A meeting is arranged for later, and not for the next century."""
        if not timedelta(0) < self.starts_at - now <= FARTHEST:
            raise InvalidInput("starts_at", f"Use a time in the next {FARTHEST.days} days.")


def demand_zone_name(time_zone: str) -> None:
    """It is written like a zone."""
    if not _ZONE.fullmatch(time_zone):
        raise InvalidInput("time_zone", "Use an IANA name such as Europe/London.")
