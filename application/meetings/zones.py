"""What a clock on a wall shows: IANA's table of time zones, as this machine has it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.meetings.schedule import Schedule, demand_zone_name
from domain.shared.errors import InvalidInput


def zone(name: str) -> ZoneInfo:
    """The zone of that name; raises `InvalidInput`."""
    demand_zone_name(name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as unknown:  # OSError: the name of a folder of zones
        raise InvalidInput("time_zone", "Use an IANA name such as Europe/London.") from unknown


def scheduled(starts_at: datetime, time_zone: str) -> Schedule:
    """A time with its offset is that moment. One without is what the clock on that wall shows; where it shows
    a time twice, the first; where it jumps over a time, there is no such moment. Raises `InvalidInput`.
    """
    place = zone(time_zone)
    try:
        moment = (starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=place)).astimezone(UTC)
    except OverflowError as beyond:  # the first and the last day that a date can name
        raise InvalidInput("starts_at", "Use a time in the next years.") from beyond
    if starts_at.tzinfo is None and moment.astimezone(place).replace(tzinfo=None) != starts_at:
        raise InvalidInput("starts_at", f"The clocks of {time_zone} jump over this time.")
    return Schedule(moment, time_zone)
