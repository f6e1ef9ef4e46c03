"""Arrange a meeting."""

from datetime import datetime

from application.meetings.shared import door_of
from application.meetings.zones import scheduled
from application.shared.unit_of_work import UnitOfWork
from domain.meetings.arrangements import Arrangements
from domain.meetings.meeting import Meeting
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, IdSource, MeetingId, UserId, WorkId


class ScheduleMeeting:
    """The owner and the hosts of a club arrange when it meets, about which work, and where. The club keeps
    the time of the place: seven in the evening stays seven when the clocks change.
    """

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        club_id: ClubId,
        work_id: WorkId,
        *,
        starts_at: datetime,
        time_zone: str,
        arrangements: Arrangements,
    ) -> MeetingId:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`, `WorkNotFound`, and `InvalidInput` for the
        time.
        """
        meeting = Meeting.arrange(
            id=MeetingId(self._ids.new()),
            club_id=club_id,
            work_id=work_id,
            schedule=scheduled(starts_at, time_zone),
            arrangements=arrangements,
            by=reader,
            at=self._clock.now(),
        )
        async with self._unit_of_work() as work:
            (await door_of(work, club_id, reader)).demand_host()
            await work.works.get(work_id)
            await work.meetings.add(meeting)
        return meeting.id
