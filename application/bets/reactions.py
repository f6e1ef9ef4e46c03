"""What bets and points do about what happens to meetings."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from application.bets.process import MeetingProcesses
from application.bets.views import BettingViews
from application.outbox.ports import WaitingEvent
from application.points.pay_for_deeds import PayForAttendance, PayForReading
from application.shared.unit_of_work import UnitOfWork
from domain.bets.lock import FURTHEST
from domain.leaderboards.season import season_around, season_of
from domain.meetings.status import Rsvp
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId

AT_A_TIME: Final = 100
AGAIN_AFTER: Final = timedelta(minutes=2)


class StartMeeting:
    """Every meeting has a process from its first day on."""

    def __init__(self, processes: MeetingProcesses) -> None:
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `meeting_scheduled`."""
        await self._processes.start_meeting(MeetingId(event.aggregate_id))
        return True


class TellMeeting:
    """Whatever may lock bets, scratch a horse or end a meeting is told to its process."""

    def __init__(self, processes: MeetingProcesses) -> None:
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On all that happens to a meeting; of progress, only what locks bets is worth a word."""
        if _matters(event):
            await self._processes.meeting_moved(MeetingId(event.aggregate_id))
        return True


class RewardReading:
    """Reading on earns points, as far as it is credible."""

    def __init__(self, unit_of_work: UnitOfWork, pay: PayForReading) -> None:
        self._unit_of_work = unit_of_work
        self._pay = pay

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `progress_noted`."""
        async with self._unit_of_work() as work:
            meeting = await work.meetings.read(MeetingId(event.aggregate_id))
        reader, credited = UserId(UUID(str(event.payload["user_id"]))), int(str(event.payload["credited"]))
        await self._pay(reader, meeting.work_id, meeting.club_id, credited)
        return True


class RewardComing:
    """Coming to meetings earns points: the first one of all, and the third of a season."""

    def __init__(self, unit_of_work: UnitOfWork, pay: PayForAttendance) -> None:
        self._unit_of_work = unit_of_work
        self._pay = pay

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `attendance_noted`, whatever it says: what a host has taken back by now does not count."""
        reader = UserId(UUID(str(event.payload["user_id"])))
        async with self._unit_of_work() as work:
            meeting = await work.meetings.read(MeetingId(event.aggregate_id))
            since, until = season_around(meeting.starts_at)
            attended = await work.paddock.attended(reader, since=since, until=until)
        if attended:
            await self._pay(reader, season_of(meeting.starts_at), attended)
        return True


class DriveMeetings:
    """Housekeeping: a meeting whose process was lost with the engine's storage gets it again."""

    def __init__(self, processes: MeetingProcesses, views: BettingViews, clock: Clock) -> None:
        self._processes = processes
        self._views = views
        self._clock = clock
        self._seen_to: MeetingId | None = None

    async def __call__(self) -> int:
        """Returns how many were seen to."""
        before: datetime = self._clock.now() - AGAIN_AFTER
        found = await self._views.unfinished(before, after=self._seen_to, limit=AT_A_TIME)
        for meeting_id in found:
            await self._processes.start_meeting(meeting_id)
        self._seen_to = found[-1] if len(found) == AT_A_TIME else None
        return len(found)


def _matters(event: WaitingEvent) -> bool:
    if event.name == "progress_noted":
        return int(str(event.payload["high_water"])) >= FURTHEST
    if event.name == "attendee_answered":
        return event.payload["rsvp"] != Rsvp.COMING
    return True
