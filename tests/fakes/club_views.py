"""Clubs and meetings in memory as readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.clubs.views import (
    ClubCard,
    ClubDetail,
    ClubPage,
    ClubQuery,
    ClubScore,
    MemberLine,
    MemberPage,
    NextMeeting,
)
from application.meetings.views import (
    AttendeePage,
    AttendeeView,
    CurvePoint,
    MeetingDetail,
    MeetingPage,
    MeetingQuery,
    PositionView,
    ProgressView,
    Replies,
)
from domain.clubs.club import Club
from domain.clubs.door import Door
from domain.clubs.standing import Standing, Visibility
from domain.meetings.attendee import Attendee
from domain.meetings.errors import AttendeeNotFound
from domain.meetings.meeting import Meeting
from domain.meetings.progress import Position
from domain.meetings.status import MeetingStatus, Rsvp
from domain.shared.ids import ClubId, MeetingId, UserId
from domain.shared.wording import folded
from tests.fakes.work import InMemoryWork


@dataclass(frozen=True)
class InMemoryClubViews:
    """The `ClubViews` port. Pages are the real one's concern: here everything is on one."""

    work: InMemoryWork

    async def door(self, club_id: ClubId, reader: UserId | None) -> Door:
        club = await self.work.clubs.get(club_id)
        return club.door(self.work.clubs.memberships.get((club_id, reader)) if reader else None)

    async def one(self, club_id: ClubId, reader: UserId | None, now: datetime) -> ClubDetail:
        club = await self.work.clubs.get(club_id)
        door = await self.door(club_id, reader)
        facts = club.facts
        return ClubDetail(
            id=club.id,
            version=club.version,
            name=facts.name,
            location=facts.location,
            genre=facts.genre,
            description=facts.description,
            private=door.private,
            betting=facts.betting,
            founded_at=club.founded_at,
            members=await self.work.clubs.members(club_id),
            score=self._score(club_id),
            next_meeting=await self._next(club_id, now),
            standing=door.standing,
            role=door.role if door.is_member else None,
        )

    async def found(self, query: ClubQuery) -> ClubPage:
        cards = [await self._card(club) for club in self.work.clubs.kept.values() if self._fits(club, query)]
        return ClubPage(sorted(cards, key=lambda card: (folded(card.name), card.id)), None)

    async def members(
        self, club_id: ClubId, standing: Standing, limit: int, cursor: str | None
    ) -> MemberPage:
        found = [
            MemberLine(
                reader_id=m.reader,
                display_name=m.display_name,
                role=m.role,
                standing=m.standing,
                since=m.since,
            )
            for m in self.work.clubs.memberships.values()
            if m.club_id == club_id and m.standing is standing
        ]
        return MemberPage(sorted(found, key=lambda line: (line.since, line.reader_id)), None)

    def _fits(self, club: Club, query: ClubQuery) -> bool:
        mine = self.work.clubs.memberships.get((club.id, query.reader)) if query.reader else None
        standing = mine.standing if mine else None
        location = club.facts.location_key or ""
        return (
            standing is not Standing.BARRED
            and (standing is Standing.MEMBER or not query.mine)
            and (query.q is None or folded(query.q) in club.facts.name_key)
            and (query.location is None or (bool(location) and folded(query.location) in location))
            and (query.genre is None or club.facts.genre == query.genre)
        )

    async def _card(self, club: Club) -> ClubCard:
        return ClubCard(
            id=club.id,
            name=club.facts.name,
            location=club.facts.location,
            genre=club.facts.genre,
            private=club.facts.visibility is Visibility.PRIVATE,
            members=await self.work.clubs.members(club.id),
        )

    def _score(self, club_id: ClubId) -> ClubScore:
        took_place = {MeetingStatus.HELD, MeetingStatus.CLOSED}
        meetings = {
            m.id for m in self.work.meetings.kept.values() if m.club_id == club_id and m.status in took_place
        }
        there = [a for a in self.work.meetings.known.values() if a.meeting_id in meetings]
        return ClubScore.of(
            len(meetings),
            sum(a.attended is True for a in there),
            sum(a.progress.finished_at is not None for a in there),
        )

    async def _next(self, club_id: ClubId, now: datetime) -> NextMeeting | None:
        ahead = [
            m
            for m in self.work.meetings.kept.values()
            if m.club_id == club_id and m.status is MeetingStatus.SCHEDULED and m.starts_at > now
        ]
        if not ahead:
            return None
        first = min(ahead, key=lambda m: (m.starts_at, m.id))
        return NextMeeting(
            meeting_id=first.id,
            work_id=first.work_id,
            title=(await self.work.works.get(first.work_id)).facts.title,
            starts_at=first.starts_at,
            time_zone=first.schedule.time_zone,
        )


@dataclass(frozen=True)
class InMemoryMeetingViews:
    """The `MeetingViews` port, likewise."""

    work: InMemoryWork

    async def door(self, meeting_id: MeetingId, reader: UserId | None) -> Door:
        meeting = await self.work.meetings.get(meeting_id)
        return await InMemoryClubViews(self.work).door(meeting.club_id, reader)

    async def one(self, meeting_id: MeetingId, reader: UserId | None) -> MeetingDetail:
        return await self._detail(await self.work.meetings.get(meeting_id), reader)

    async def listed(self, query: MeetingQuery) -> MeetingPage:
        clubs = {query.club_id} if query.club_id else self._clubs_of(query.reader)
        found = [
            meeting
            for meeting in self.work.meetings.kept.values()
            if meeting.club_id in clubs
            and query.over == (meeting.starts_at <= query.now or meeting.status is MeetingStatus.CLOSED)
        ]
        found.sort(key=lambda meeting: (meeting.starts_at, meeting.id), reverse=query.over)
        return MeetingPage([await self._detail(meeting, query.reader) for meeting in found], None)

    async def attendees(
        self, meeting_id: MeetingId, reader: UserId, now: datetime, limit: int, cursor: str | None
    ) -> AttendeePage:
        meeting = await self.work.meetings.get(meeting_id)
        known = await self.work.meetings.attendees(meeting_id)
        return AttendeePage([self._attendee(meeting, one, reader, now) for one in known], None)

    async def attendee(
        self, meeting_id: MeetingId, of: UserId, reader: UserId, now: datetime
    ) -> AttendeeView:
        known = self.work.meetings.known.get((meeting_id, of))
        if known is None:
            raise AttendeeNotFound
        return self._attendee(await self.work.meetings.get(meeting_id), known, reader, now)

    async def for_calendar(
        self, reader: UserId, club_id: ClubId | None, since: datetime, limit: int
    ) -> Sequence[MeetingDetail]:
        clubs = self._clubs_of(reader)
        found = [
            meeting
            for meeting in self.work.meetings.kept.values()
            if meeting.club_id in clubs and club_id in {None, meeting.club_id} and meeting.starts_at > since
        ]
        found.sort(key=lambda meeting: (meeting.starts_at, meeting.id))
        return [await self._detail(meeting, reader) for meeting in found]

    async def curve(self, meeting_id: MeetingId, of: UserId) -> Sequence[CurvePoint]:
        return [
            CurvePoint(
                at=note.at,
                position=_position(note.position),
                fraction=note.fraction,
                high_water=note.high_water,
            )
            for meeting, reader, note in self.work.meetings.notes
            if (meeting, reader) == (meeting_id, of)
        ]

    def _clubs_of(self, reader: UserId | None) -> set[ClubId | None]:
        return {m.club_id for m in self.work.clubs.memberships.values() if m.reader == reader and m.is_member}

    async def _detail(self, meeting: Meeting, reader: UserId | None) -> MeetingDetail:
        work = (await self.work.works.get(meeting.work_id)).facts
        known = await self.work.meetings.attendees(meeting.id)
        mine = next((a.rsvp for a in known if a.reader == reader), None)
        return MeetingDetail(
            id=meeting.id,
            version=meeting.version,
            club_id=meeting.club_id,
            club_name=(await self.work.clubs.get(meeting.club_id)).facts.name,
            work_id=meeting.work_id,
            title=work.title,
            authors=list(work.authors),
            starts_at=meeting.starts_at,
            time_zone=meeting.schedule.time_zone,
            status=meeting.status.value,
            place=meeting.arrangements.place,
            link=meeting.arrangements.link,
            agenda=meeting.arrangements.agenda,
            changed_at=meeting.changed_at,
            replies=Replies(
                coming=sum(a.rsvp is Rsvp.COMING for a in known),
                maybe=sum(a.rsvp is Rsvp.MAYBE for a in known),
                declined=sum(a.rsvp is Rsvp.DECLINED for a in known),
                attended=sum(a.attended is True for a in known),
            ),
            rsvp=mine.value if mine else None,
        )

    def _attendee(self, meeting: Meeting, attendee: Attendee, reader: UserId, now: datetime) -> AttendeeView:
        membership = self.work.clubs.memberships.get((meeting.club_id, attendee.reader))
        hidden = attendee.sealed and attendee.reader != reader and not meeting.shows_sealed(now)
        told = attendee.progress
        progress = None
        if told.noted_at is not None and not hidden:
            progress = ProgressView(
                percent=told.fraction // 10_000,
                fraction=told.fraction,
                high_water=told.high_water,
                credited=told.credited,
                position=_position(told.position),
                edition=told.edition,
                noted_at=told.noted_at,
                finished_at=told.finished_at,
            )
        return AttendeeView(
            reader_id=attendee.reader,
            display_name=membership.display_name if membership else None,
            version=attendee.version,
            rsvp=attendee.rsvp.value if attendee.rsvp else None,
            attended=attendee.attended,
            sealed=attendee.sealed,
            hidden=hidden,
            progress=progress,
        )


def _position(position: Position | None) -> PositionView | None:
    return PositionView(unit=position.unit, number=position.number, of=position.of) if position else None
