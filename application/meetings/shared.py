"""What all changes of meetings have in common: who may make them."""

from datetime import datetime

from application.shared.unit_of_work import Work
from domain.clubs.door import Door
from domain.meetings.attendee import Attendee
from domain.meetings.errors import MeetingNotFound
from domain.meetings.meeting import Meeting
from domain.shared.ids import ClubId, MeetingId, UserId


async def door_of(work: Work, club_id: ClubId, reader: UserId) -> Door:
    """What this reader may see and do in the club."""
    club = await work.clubs.read(club_id)
    return club.door(await work.clubs.membership(club_id, reader))


async def as_host(work: Work, meeting_id: MeetingId, reader: UserId) -> Meeting:
    """The meeting, for a change that the club's owner and hosts may make."""
    meeting = await work.meetings.get(meeting_id)
    (await door_of(work, meeting.club_id, reader)).to(MeetingNotFound).demand_host()
    return meeting


async def as_member(work: Work, meeting_id: MeetingId, reader: UserId) -> Meeting:
    """The meeting, for what one of its club's members says about herself."""
    meeting = await work.meetings.read(meeting_id)
    (await door_of(work, meeting.club_id, reader)).to(MeetingNotFound).demand_member()
    return meeting


async def attendee_of(work: Work, meeting: Meeting, reader: UserId, at: datetime) -> Attendee:
    """What is known of her here; whoever was unknown arrives."""
    attendee = await work.meetings.attendee(meeting.id, reader)
    return attendee or Attendee.arriving(meeting.id, reader, at)
