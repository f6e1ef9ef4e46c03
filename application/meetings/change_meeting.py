"""Move a meeting, call it off, close it."""

from datetime import datetime

from application.meetings.shared import as_host
from application.meetings.zones import scheduled
from application.shared.unit_of_work import UnitOfWork
from domain.meetings.arrangements import Arrangements
from domain.meetings.meeting import Meeting
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId


class ReviseMeeting:
    """The owner and the hosts move a meeting before it begins, and say anew where it is and what for until it
    is over. Calendars and reminders follow.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        meeting_id: MeetingId,
        *,
        starts_at: datetime,
        time_zone: str,
        arrangements: Arrangements,
        seen: int | None,
    ) -> None:
        """`seen` is the version looked at before; None: whatever it is. Raises `MeetingNotFound`,
        `NotAMember`, `NotAHost`, `StaleVersion`, `MeetingIsOver`, `MeetingHasBegun`, and `InvalidInput` for
        the time.
        """
        schedule, now = scheduled(starts_at, time_zone), self._clock.now()
        async with self._unit_of_work() as work:
            meeting = await as_host(work, meeting_id, reader)
            _expect(meeting, seen)
            if schedule != meeting.schedule:
                meeting.reschedule(schedule, now)
            meeting.rearrange(arrangements, reader, now)
            await work.meetings.save(meeting)


class CancelMeeting:
    """The owner and the hosts call a meeting off before it begins; twice is once."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, meeting_id: MeetingId, seen: int | None) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `NotAHost`, `StaleVersion`, `MeetingHasBegun`,
        `MeetingIsOver`.
        """
        async with self._unit_of_work() as work:
            meeting = await as_host(work, meeting_id, reader)
            _expect(meeting, seen)
            meeting.cancel(self._clock.now())
            await work.meetings.save(meeting)


class CloseMeeting:
    """Once it has begun, the owner and the hosts close a meeting: who came and who read how far is settled
    from then on. Twice is once.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, meeting_id: MeetingId) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `NotAHost`, `MeetingNotBegun`, `MeetingIsOver`."""
        async with self._unit_of_work() as work:
            meeting = await as_host(work, meeting_id, reader)
            meeting.close(self._clock.now())
            await work.meetings.save(meeting)


class OpenSeals:
    """When bets on a meeting are locked, what readers sealed is shown. The meeting's process does this;
    without it the day before the meeting does.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, meeting_id: MeetingId) -> None:
        """Raises `MeetingNotFound`."""
        async with self._unit_of_work() as work:
            meeting = await work.meetings.get(meeting_id)
            meeting.open_seals(self._clock.now())
            await work.meetings.save(meeting)


def _expect(meeting: Meeting, seen: int | None) -> None:
    if seen is not None:
        meeting.expect(seen)
