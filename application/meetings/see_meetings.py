"""Look at meetings and at those who read for them."""

from dataclasses import replace
from datetime import datetime

from application.clubs.views import ClubViews, demand_limit
from application.meetings.views import (
    AttendeePage,
    AttendeeView,
    MeetingDetail,
    MeetingPage,
    MeetingQuery,
    MeetingViews,
)
from domain.clubs.door import Door
from domain.meetings.errors import MeetingNotFound
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, MeetingId, UserId


class SeeMeeting:
    """Everybody sees when a public club meets and about what; where, how and what for is for members. A
    private club's meetings are there for its members alone.
    """

    def __init__(self, views: MeetingViews) -> None:
        self._views = views

    async def __call__(self, meeting_id: MeetingId, reader: UserId | None) -> MeetingDetail:
        """Raises `MeetingNotFound`."""
        door = await self._views.door(meeting_id, reader)
        door.to(MeetingNotFound).demand_insight()
        return shown(await self._views.one(meeting_id, reader), door)


class ListMeetings:
    """The meetings of a club, ahead or over, as `SeeMeeting` shows them."""

    def __init__(self, views: MeetingViews, clubs: ClubViews, clock: Clock) -> None:
        self._views = views
        self._clubs = clubs
        self._clock = clock

    async def __call__(
        self, club_id: ClubId, reader: UserId | None, *, over: bool, limit: int, cursor: str | None
    ) -> MeetingPage:
        """Raises `ClubNotFound`, and `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        door = await self._clubs.door(club_id, reader)
        door.demand_insight()
        query = MeetingQuery(
            club_id=club_id, reader=reader, now=self._clock.now(), over=over, limit=limit, cursor=cursor
        )
        page = await self._views.listed(query)
        return MeetingPage([shown(meeting, door) for meeting in page.items], page.next)


class ListOwnMeetings:
    """What a reader's clubs have ahead of them."""

    def __init__(self, views: MeetingViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(self, reader: UserId, limit: int, cursor: str | None) -> MeetingPage:
        """Raises `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        return await self._views.listed(
            MeetingQuery(club_id=None, reader=reader, now=self._clock.now(), limit=limit, cursor=cursor)
        )


class ListAttendees:
    """Members see who comes, who came, and how far each has read, unless she keeps that to herself."""

    def __init__(self, views: MeetingViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(
        self, meeting_id: MeetingId, reader: UserId, limit: int, cursor: str | None
    ) -> AttendeePage:
        """Raises `MeetingNotFound`, `NotAMember`, and `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        now = await self._entered(meeting_id, reader)
        return await self._views.attendees(meeting_id, reader, now, limit, cursor)

    async def one(self, meeting_id: MeetingId, of: UserId, reader: UserId) -> AttendeeView:
        """One of them; raises `AttendeeNotFound` besides."""
        now = await self._entered(meeting_id, reader)
        return await self._views.attendee(meeting_id, of, reader, now)

    async def _entered(self, meeting_id: MeetingId, reader: UserId) -> datetime:
        (await self._views.door(meeting_id, reader)).to(MeetingNotFound).demand_member()
        return self._clock.now()


def shown(meeting: MeetingDetail, door: Door) -> MeetingDetail:
    """As much of it as this reader may see."""
    if door.is_member:
        return meeting
    return replace(meeting, place=None, link=None, agenda=None)
