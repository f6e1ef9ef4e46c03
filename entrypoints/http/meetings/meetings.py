"""/v1/meetings: arrange and see them."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.meetings.change_meeting import CancelMeeting, CloseMeeting, ReviseMeeting
from application.meetings.schedule_meeting import ScheduleMeeting
from application.meetings.see_meetings import ListOwnMeetings, SeeMeeting
from application.meetings.views import MeetingDetail, MeetingPage
from domain.shared.ids import ClubId, MeetingId, WorkId
from domain.users.principal import Principal
from entrypoints.http.books.versions import seen_version, version_tag
from entrypoints.http.clubs.clubs import IfMatch, Limit, NextOfBefore
from entrypoints.http.meetings.schemas import ArrangementsBody, NewMeeting

_encode: Final = msgspec.json.Encoder().encode


class Meetings(Controller):
    """A club, a work, a time."""

    path = "/meetings"
    tags = ("Meetings",)

    @post(description=ScheduleMeeting.__doc__)
    async def schedule(
        self,
        data: JSONBody[NewMeeting],
        reader: NamedDependency[Principal],
        schedule_meeting: NamedDependency[ScheduleMeeting],
        see_meeting: NamedDependency[SeeMeeting],
    ) -> Response[MeetingDetail]:
        """The club will meet."""
        meeting_id = await schedule_meeting(
            reader.user_id,
            ClubId(data.club_id),
            WorkId(data.work_id),
            starts_at=data.starts_at,
            time_zone=data.time_zone,
            arrangements=data.arrangements(),
        )
        meeting = await see_meeting(meeting_id, reader.user_id)
        return page_of(meeting, status=201, Location=f"/v1/meetings/{meeting_id}")

    @get(description=ListOwnMeetings.__doc__)
    async def own(
        self,
        reader: NamedDependency[Principal],
        list_own_meetings: NamedDependency[ListOwnMeetings],
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> MeetingPage:
        """What I have ahead."""
        return await list_own_meetings(reader.user_id, limit, cursor)

    @get("/{meeting_id:uuid}", description=SeeMeeting.__doc__)
    async def see(
        self,
        meeting_id: FromPath[UUID],
        visitor: NamedDependency[Principal | None],
        see_meeting: NamedDependency[SeeMeeting],
    ) -> Response[MeetingDetail]:
        """One meeting, with the ETag that changes need."""
        reader = visitor.user_id if visitor else None
        return page_of(await see_meeting(MeetingId(meeting_id), reader))

    @put("/{meeting_id:uuid}", description=ReviseMeeting.__doc__)
    async def revise(
        self,
        *,
        meeting_id: FromPath[UUID],
        data: JSONBody[ArrangementsBody],
        reader: NamedDependency[Principal],
        revise_meeting: NamedDependency[ReviseMeeting],
        see_meeting: NamedDependency[SeeMeeting],
        if_match: IfMatch = None,
    ) -> Response[MeetingDetail]:
        """Say everything anew: what is missing is not said any more."""
        await revise_meeting(
            reader.user_id,
            MeetingId(meeting_id),
            starts_at=data.starts_at,
            time_zone=data.time_zone,
            arrangements=data.arrangements(),
            seen=seen_version(if_match, needed=True, what="meeting"),
        )
        return page_of(await see_meeting(MeetingId(meeting_id), reader.user_id))

    @post("/{meeting_id:uuid}/cancel", status_code=200, description=CancelMeeting.__doc__)
    async def cancel(
        self,
        *,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        cancel_meeting: NamedDependency[CancelMeeting],
        see_meeting: NamedDependency[SeeMeeting],
        if_match: IfMatch = None,
    ) -> Response[MeetingDetail]:
        """It will not take place; If-Match is optional here."""
        seen = seen_version(if_match, needed=False, what="meeting")
        await cancel_meeting(reader.user_id, MeetingId(meeting_id), seen)
        return page_of(await see_meeting(MeetingId(meeting_id), reader.user_id))

    @post("/{meeting_id:uuid}/close", status_code=200, description=CloseMeeting.__doc__)
    async def close(
        self,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        close_meeting: NamedDependency[CloseMeeting],
        see_meeting: NamedDependency[SeeMeeting],
    ) -> Response[MeetingDetail]:
        """All is told."""
        await close_meeting(reader.user_id, MeetingId(meeting_id))
        return page_of(await see_meeting(MeetingId(meeting_id), reader.user_id))


def page_of(meeting: MeetingDetail, status: int = 200, **headers: str) -> Response[Any]:
    """A meeting with its tag, as this reader sees it."""
    body = _encode(meeting)
    told = {"ETag": version_tag(meeting.version, body), "Cache-Control": "private, no-cache", **headers}
    return Response(body, status_code=status, media_type="application/json", headers=told)
