"""Calendar months in UTC: the drawers of the price history."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

_MONTHS: Final = 12


def month_of(at: datetime) -> datetime:
    """Its first moment."""
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def months_on(month: datetime, by: int) -> datetime:
    """The month so many later, or earlier if negative."""
    years, place = divmod(month.month - 1 + by, _MONTHS)
    return month_of(month).replace(year=month.year + years, month=place + 1)


def months_from(at: datetime, ahead: int) -> Sequence[datetime]:
    """The month of that moment and so many after it."""
    return [months_on(month_of(at), by) for by in range(ahead + 1)]
