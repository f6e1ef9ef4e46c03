"""Say whether one will be there."""

from application.meetings.shared import as_member, attendee_of
from application.shared.unit_of_work import UnitOfWork
from domain.meetings.status import Rsvp
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId


class AnswerMeeting:
    """Members of the club say whether they are coming, and may change their minds until the meeting is
    over.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, meeting_id: MeetingId, rsvp: Rsvp) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `MeetingIsOver`."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            meeting = await as_member(work, meeting_id, reader)
            meeting.demand_open()
            attendee = await attendee_of(work, meeting, reader, now)
            attendee.answer(rsvp, now)
            await work.meetings.keep(attendee)
