"""Look at how somebody has read."""

from collections.abc import Sequence

from application.meetings.views import CurvePoint, MeetingViews
from domain.meetings.errors import MeetingNotFound, ProgressIsSealed
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId


class SeeReadingCurve:
    """Members see how somebody came along, note by note, unless she keeps that to herself until the meeting
    is near; her own curve everybody sees.
    """

    def __init__(self, views: MeetingViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(self, meeting_id: MeetingId, of: UserId, reader: UserId) -> Sequence[CurvePoint]:
        """Raises `MeetingNotFound`, `NotAMember`, `AttendeeNotFound`, `ProgressIsSealed`."""
        (await self._views.door(meeting_id, reader)).to(MeetingNotFound).demand_member()
        attendee = await self._views.attendee(meeting_id, of, reader, self._clock.now())
        if attendee.hidden:
            raise ProgressIsSealed
        return await self._views.curve(meeting_id, of)
