"""/v1/meetings/{meeting_id}/attendees: who comes, and how far each has read."""

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.meetings.answer_meeting import AnswerMeeting
from application.meetings.note_attendance import AttendByCode, NoteAttendance, SeeAttendanceCode
from application.meetings.note_progress import NoteProgress
from application.meetings.see_meetings import ListAttendees
from application.meetings.see_progress import SeeReadingCurve
from application.meetings.views import AttendeePage, AttendeeView
from domain.shared.ids import MeetingId, UserId
from domain.users.principal import Principal
from entrypoints.http.books.versions import seen_version, version_tag
from entrypoints.http.clubs.clubs import IfMatch, Limit, NextOfBefore
from entrypoints.http.meetings.schemas import Answer, Attendance, AttendanceCode, ProgressBody, ReadingCurve

_encode: Final = msgspec.json.Encoder().encode


class Attendees(Controller):
    """For members of the meeting's club."""

    path = "/meetings/{meeting_id:uuid}/attendees"
    tags = ("Meetings",)

    @post(description=AnswerMeeting.__doc__)
    async def answer(
        self,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        answer_meeting: NamedDependency[AnswerMeeting],
        list_attendees: NamedDependency[ListAttendees],
        data: JSONBody[Answer | None] = None,
    ) -> Response[AttendeeView]:
        """I am coming, or perhaps, or not."""
        meeting, me = MeetingId(meeting_id), reader.user_id
        await answer_meeting(me, meeting, (data or Answer()).rsvp)
        seen = await list_attendees.one(meeting, me, me)
        return page_of(seen, status=201, Location=f"/v1/meetings/{meeting_id}/attendees/{me}")

    @put(description=NoteProgress.__doc__)
    async def tell_progress(
        self,
        *,
        meeting_id: FromPath[UUID],
        data: JSONBody[ProgressBody],
        reader: NamedDependency[Principal],
        note_progress: NamedDependency[NoteProgress],
        list_attendees: NamedDependency[ListAttendees],
        if_match: IfMatch = None,
    ) -> Response[AttendeeView]:
        """So far I am. With If-Match, a note that was made on an older one is refused with 412."""
        meeting, me = MeetingId(meeting_id), reader.user_id
        seen = seen_version(if_match, needed=False, what="attendee")
        await note_progress(me, meeting, data.news(), seen)
        return page_of(await list_attendees.one(meeting, me, me))

    @get(description=ListAttendees.__doc__)
    async def listed(
        self,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        list_attendees: NamedDependency[ListAttendees],
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> AttendeePage:
        """Who comes."""
        return await list_attendees(MeetingId(meeting_id), reader.user_id, limit, cursor)

    @get("/{reader_id:uuid}", description=ListAttendees.__doc__)
    async def see(
        self,
        meeting_id: FromPath[UUID],
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        list_attendees: NamedDependency[ListAttendees],
    ) -> Response[AttendeeView]:
        """One of them; one's own has the ETag that changes take."""
        return page_of(await list_attendees.one(MeetingId(meeting_id), UserId(reader_id), reader.user_id))

    @get("/{reader_id:uuid}/progress", description=SeeReadingCurve.__doc__)
    async def curve(
        self,
        meeting_id: FromPath[UUID],
        reader_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_reading_curve: NamedDependency[SeeReadingCurve],
    ) -> ReadingCurve:
        """How she came along."""
        return ReadingCurve(await see_reading_curve(MeetingId(meeting_id), UserId(reader_id), reader.user_id))

    @put("/{reader_id:uuid}/attendance", status_code=204, description=NoteAttendance.__doc__)
    async def tick_off(
        self,
        meeting_id: FromPath[UUID],
        reader_id: FromPath[UUID],
        data: JSONBody[Attendance],
        reader: NamedDependency[Principal],
        note_attendance: NamedDependency[NoteAttendance],
    ) -> None:
        """She was there, or not."""
        await note_attendance(
            reader.user_id, MeetingId(meeting_id), UserId(reader_id), attended=data.attended
        )


class AttendanceByCode(Controller):
    """For whoever is in the room."""

    path = "/meetings/{meeting_id:uuid}/attendance"
    tags = ("Meetings",)

    @get("/code", description=SeeAttendanceCode.__doc__)
    async def code(
        self,
        meeting_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_attendance_code: NamedDependency[SeeAttendanceCode],
    ) -> AttendanceCode:
        """What to show at the meeting."""
        return AttendanceCode(await see_attendance_code(reader.user_id, MeetingId(meeting_id)))

    @post(status_code=204, description=AttendByCode.__doc__)
    async def attend(
        self,
        meeting_id: FromPath[UUID],
        data: JSONBody[AttendanceCode],
        reader: NamedDependency[Principal],
        attend_by_code: NamedDependency[AttendByCode],
    ) -> None:
        """I am there."""
        await attend_by_code(reader.user_id, MeetingId(meeting_id), data.code)


def page_of(attendee: AttendeeView, status: int = 200, **headers: str) -> Response[Any]:
    """What one reader said, with its tag."""
    body = _encode(attendee)
    told = {"ETag": version_tag(attendee.version, body), "Cache-Control": "private, no-cache", **headers}
    return Response(body, status_code=status, media_type="application/json", headers=told)
