"""Clubs and meetings in memory, proven equal to the real ones by the contract suite."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from application.meetings.calendars import Calendar
from application.meetings.remind_readers import Reminder
from domain.clubs.club import Club
from domain.clubs.errors import ClubNotFound
from domain.clubs.invitation import Invitation
from domain.clubs.membership import Membership
from domain.meetings.attendee import Attendee, ReadingNote
from domain.meetings.errors import MeetingNotFound
from domain.meetings.meeting import Meeting
from domain.meetings.status import MeetingStatus, Rsvp
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from tests.fakes.books import InMemoryBooks


class InMemoryClubs:
    """The `Clubs` port."""

    def __init__(self) -> None:
        self.kept: dict[ClubId, Club] = {}
        self.memberships: dict[tuple[ClubId, UserId], Membership] = {}
        self.invitations: dict[ClubId, Invitation] = {}
        self.events: list[DomainEvent] = []

    async def add(self, club: Club, owner: Membership) -> None:
        self.events += club.drain_events()
        self.kept[club.id] = deepcopy(club)
        await self.keep(owner)

    async def get(self, club_id: ClubId) -> Club:
        if club_id not in self.kept:
            raise ClubNotFound
        return deepcopy(self.kept[club_id])

    async def read(self, club_id: ClubId) -> Club:
        return await self.get(club_id)

    async def save(self, club: Club) -> None:
        events = club.drain_events()
        if not events:
            return
        if self.kept[club.id].version != club.version:
            raise StaleVersion("The club changed since it was read; read it again.")
        club.version += 1
        self.events += events
        self.kept[club.id] = deepcopy(club)

    async def membership(self, club_id: ClubId, reader: UserId) -> Membership | None:
        return deepcopy(self.memberships.get((club_id, reader)))

    async def keep(self, *memberships: Membership) -> None:
        for membership in memberships:
            self.events += membership.drain_events()
            self.memberships[membership.club_id, membership.reader] = deepcopy(membership)

    async def members(self, club_id: ClubId) -> int:
        return sum(m.is_member for m in self.memberships.values() if m.club_id == club_id)

    async def invitation(self, club_id: ClubId) -> Invitation | None:
        return self.invitations.get(club_id)

    async def invite(self, invitation: Invitation) -> None:
        self.invitations[invitation.club_id] = invitation

    async def uninvite(self, club_id: ClubId) -> None:
        self.invitations.pop(club_id, None)


class InMemoryMeetings:
    """The `Meetings` port."""

    def __init__(self) -> None:
        self.kept: dict[MeetingId, Meeting] = {}
        self.known: dict[tuple[MeetingId, UserId], Attendee] = {}
        self.notes: list[tuple[MeetingId, UserId, ReadingNote]] = []
        self.events: list[DomainEvent] = []

    async def add(self, meeting: Meeting) -> None:
        self.events += meeting.drain_events()
        self.kept[meeting.id] = deepcopy(meeting)

    async def get(self, meeting_id: MeetingId) -> Meeting:
        if meeting_id not in self.kept:
            raise MeetingNotFound
        return deepcopy(self.kept[meeting_id])

    async def read(self, meeting_id: MeetingId) -> Meeting:
        return await self.get(meeting_id)

    async def save(self, meeting: Meeting) -> None:
        events = meeting.drain_events()
        if not events:
            return
        if self.kept[meeting.id].version != meeting.version:
            raise StaleVersion("The meeting changed since it was read; read it again.")
        meeting.version += 1
        self.events += events
        self.kept[meeting.id] = deepcopy(meeting)

    async def attendee(self, meeting_id: MeetingId, reader: UserId) -> Attendee | None:
        return deepcopy(self.known.get((meeting_id, reader)))

    async def attendees(self, meeting_id: MeetingId) -> Sequence[Attendee]:
        found = [deepcopy(a) for a in self.known.values() if a.meeting_id == meeting_id]
        return sorted(found, key=lambda attendee: (attendee.since, attendee.reader))

    async def keep(self, attendee: Attendee) -> None:
        events = attendee.drain_events()
        if attendee.version > 0 and not events:
            return
        before = self.known.get((attendee.meeting_id, attendee.reader))
        if (before.version if before else 0) != attendee.version:
            raise StaleVersion("This changed since it was read; read it again.")
        attendee.version += 1
        self.events += events
        self.notes += [(attendee.meeting_id, attendee.reader, note) for note in attendee.drain_notes()]
        self.known[attendee.meeting_id, attendee.reader] = deepcopy(attendee)


@dataclass(frozen=True)
class InMemoryWorkLengths:
    """The `WorkLengths` port over the very books that use cases write to."""

    books: InMemoryBooks

    async def pages(self, work_id: WorkId) -> int | None:
        known = sorted(book.facts.pages for book in self.books.of_work(work_id) if book.facts.pages)
        return known[(len(known) - 1) // 2] if known else None


class InMemoryCalendars:
    """The `Calendars` port."""

    def __init__(self) -> None:
        self.given: dict[Calendar, bytes] = {}

    async def keep(self, fingerprint: bytes, calendar: Calendar, at: datetime) -> None:
        self.given[calendar] = fingerprint

    async def find(self, fingerprint: bytes) -> Calendar | None:
        return next((calendar for calendar, known in self.given.items() if known == fingerprint), None)

    async def forget(self, calendar: Calendar) -> None:
        self.given.pop(calendar, None)


class InMemoryReminders:
    """The `Reminders` port over the very meetings that use cases write to."""

    def __init__(self, clubs: InMemoryClubs, meetings: InMemoryMeetings) -> None:
        self.clubs, self.meetings = clubs, meetings
        self.reminded: set[Reminder] = set()

    async def due(self, after: datetime, until: datetime, limit: int) -> Sequence[Reminder]:
        found = []
        for (meeting_id, reader), attendee in self.meetings.known.items():
            meeting = self.meetings.kept[meeting_id]
            membership = self.clubs.memberships.get((meeting.club_id, reader))
            reminder = Reminder(meeting_id, reader, meeting.starts_at)
            if (
                meeting.status is MeetingStatus.SCHEDULED
                and after < meeting.starts_at <= until
                and attendee.rsvp in {Rsvp.COMING, Rsvp.MAYBE}
                and membership is not None
                and membership.is_member
                and reminder not in self.reminded
            ):
                found.append(reminder)
        return sorted(found, key=lambda one: (one.starts_at, one.meeting_id, one.reader))[:limit]

    async def done(self, reminder: Reminder) -> None:
        self.reminded.add(reminder)
