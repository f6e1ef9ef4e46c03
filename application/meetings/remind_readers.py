"""Remind readers of what is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from application.meetings.views import MeetingDetail, MeetingViews
from application.meetings.zones import zone
from application.notifications.ports import Letter, Mail, Mailer, MailNotAccepted
from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId

BEFORE: Final = timedelta(hours=24)  # the evening before, time to read the last chapter
NOT_AFTER: Final = timedelta(hours=1)  # who says only now that she comes needs no reminder
AT_A_TIME: Final = 100


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody who may come, and has not been reminded of this beginning."""

    meeting_id: MeetingId
    reader: UserId
    starts_at: datetime

    @property
    def key(self) -> str:
        """The same mail has the same name; one for another time has another."""
        return f"{self.meeting_id}-{self.reader}-{self.starts_at:%Y%m%d%H%M}"


class Reminders(Protocol):
    """Who is to be reminded, and who was."""

    async def due(self, after: datetime, until: datetime, limit: int) -> Sequence[Reminder]:
        """Of meetings that begin between these moments, the soonest first: who comes, or maybe."""
        ...

    async def done(self, reminder: Reminder) -> None:
        """She was."""
        ...


class RemindReaders:
    """A day before a meeting, everybody who comes, or perhaps, gets a mail with its time on the clocks of the
    place, once. When a meeting is moved, they are reminded of the new time.
    """

    def __init__(
        self,
        *,
        reminders: Reminders,
        meetings: MeetingViews,
        unit_of_work: UnitOfWork,
        mailer: Mailer,
        clock: Clock,
    ) -> None:
        self._reminders = reminders
        self._meetings = meetings
        self._unit_of_work = unit_of_work
        self._mailer = mailer
        self._clock = clock

    async def __call__(self) -> int:
        """How many mails went out. When the mail server takes none, the rest is for the next time."""
        now, sent = self._clock.now(), 0
        for reminder in await self._reminders.due(now + NOT_AFTER, now + BEFORE, AT_A_TIME):
            try:
                sent += await self._remind(reminder)
            except MailNotAccepted:
                break
            await self._reminders.done(reminder)
        return sent

    async def _remind(self, reminder: Reminder) -> bool:
        meeting = await self._meetings.one(reminder.meeting_id, reminder.reader)
        async with self._unit_of_work() as work:
            reader = await work.users.get(reminder.reader)
        return await self._mailer.send(
            Mail(key=reminder.key, to=reader.email.value, name=reader.name, letter=letter(meeting))
        )


def letter(meeting: MeetingDetail) -> Letter:
    """When, where and about what."""
    there = meeting.starts_at.astimezone(zone(meeting.time_zone))
    rows = [("When", f"{there:%A %d %B %Y, %H:%M} ({meeting.time_zone})")]
    rows += [(name, said) for name, said in (("Where", meeting.place), ("Call", meeting.link)) if said]
    return Letter(
        subject=f"{meeting.club_name} meets about {meeting.title}",
        opening=f"{meeting.club_name} is about to meet and speak of {meeting.title}.",
        rows=rows,
        closing=meeting.agenda or "",
    )
