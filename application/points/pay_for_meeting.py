"""Points for coming to a meeting."""

from application.points.pay_for_deeds import PayForAttendance
from application.shared.unit_of_work import UnitOfWork
from domain.leaderboards.season import season_around, season_of
from domain.meetings.status import MeetingStatus
from domain.shared.ids import MeetingId


class PayForMeeting:
    """Once a meeting is over, each reader who was there is paid for it: the first meeting earns the points
    to begin with, the third of a season its bonus.
    """

    def __init__(self, unit_of_work: UnitOfWork, pay: PayForAttendance) -> None:
        self._unit_of_work = unit_of_work
        self._pay = pay

    async def __call__(self, meeting_id: MeetingId) -> None:
        """Twice is once. Raises `MeetingNotFound`."""
        async with self._unit_of_work() as work:
            meeting = await work.meetings.read(meeting_id)
            if meeting.status is MeetingStatus.CANCELLED:
                return
            since, until = season_around(meeting.starts_at)
            there = await work.paddock.attendances(meeting_id, since=since, until=until)
        for reader, attended in there.items():
            await self._pay(reader, season_of(meeting.starts_at), attended)
