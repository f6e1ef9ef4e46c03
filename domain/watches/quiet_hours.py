"""When a reader does not want to be written to."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.shared.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` until `end` on the clock of an IANA zone, over midnight if `end` is earlier."""

    begin: time
    end: time
    zone: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            words = "Name a zone of the IANA database, such as Europe/Vienna."
            raise InvalidInput("quiet_hours.zone", words) from unknown
        if self.begin == self.end:
            raise InvalidInput("quiet_hours", "Quiet hours end at another time than they begin.")

    def end_after(self, moment: datetime) -> datetime | None:
        """When the quiet that holds at that moment ends; None: it is not quiet."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._cover(local.time()):
            return None
        end = datetime.combine(local.date(), self.end, tzinfo=local.tzinfo)
        if self.end <= local.time():
            end = datetime.combine(local.date() + timedelta(days=1), self.end, tzinfo=local.tzinfo)
        # A clock that is put forward may skip the end; a quarter of an hour later it has surely passed.
        ends = end.astimezone(UTC)
        return ends if moment < ends else moment + timedelta(minutes=15)

    def _cover(self, local: time) -> bool:
        if self.begin < self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end
