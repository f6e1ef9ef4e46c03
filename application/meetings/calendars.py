"""Meetings in a reader's own calendar."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from application.clubs.views import ClubViews
from application.meetings.views import MeetingDetail, MeetingViews
from domain.clubs.ports import LinkSecrets
from domain.meetings.errors import CalendarNotFound
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId

KEPT: Final = timedelta(days=90)  # of the past: whoever looks something up has it, and the feed stays short
MOST_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose meetings it shows: those of one club, or of all of the reader's clubs."""

    reader: UserId
    club_id: ClubId | None


class Calendars(Protocol):
    """Which calendars were given out."""

    async def keep(self, fingerprint: bytes, calendar: Calendar, at: datetime) -> None:
        """In the place of the one that showed the same."""
        ...

    async def find(self, fingerprint: bytes) -> Calendar | None:
        """The one with that address."""
        ...

    async def forget(self, calendar: Calendar) -> None:
        """Its address leads nowhere any more."""
        ...


class CalendarWriter(Protocol):
    """Puts meetings into the form that calendar programs read."""

    def write(self, name: str, meetings: Sequence[MeetingDetail]) -> str:
        """The same meetings give the same text."""
        ...


class GiveCalendar:
    """A reader gets an address under which any calendar program finds the meetings of one club, or of all her
    clubs, and follows their changes. The address is the secret: a new one takes the place of the old.
    """

    def __init__(self, calendars: Calendars, clubs: ClubViews, secrets: LinkSecrets, clock: Clock) -> None:
        self._calendars = calendars
        self._clubs = clubs
        self._secrets = secrets
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId | None) -> str:
        """The secret, told once. Raises `ClubNotFound`, `NotAMember`."""
        if club_id is not None:
            (await self._clubs.door(club_id, reader)).demand_member()
        secret = self._secrets.link_secret()
        await self._calendars.keep(_fingerprint(secret), Calendar(reader, club_id), self._clock.now())
        return secret


class WithdrawCalendar:
    """A reader takes a calendar's address back; without one nothing changes."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars

    async def __call__(self, reader: UserId, club_id: ClubId | None) -> None:
        """Who has the old address finds nothing there."""
        await self._calendars.forget(Calendar(reader, club_id))


class ReadCalendar:
    """Whoever has its address reads a calendar: what is ahead, the last three months, and what was cancelled
    of both. A reader who left a club finds its meetings there no more.
    """

    def __init__(
        self, calendars: Calendars, meetings: MeetingViews, writer: CalendarWriter, clock: Clock
    ) -> None:
        self._calendars = calendars
        self._meetings = meetings
        self._writer = writer
        self._clock = clock

    async def __call__(self, secret: str) -> str:
        """Raises `CalendarNotFound`."""
        calendar = await self._calendars.find(_fingerprint(secret))
        if calendar is None:
            raise CalendarNotFound
        meetings = await self._meetings.for_calendar(
            calendar.reader, calendar.club_id, self._clock.now() - KEPT, MOST_SHOWN
        )
        name = meetings[0].club_name if calendar.club_id and meetings else "Book clubs"
        return self._writer.write(name, meetings)


def _fingerprint(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
