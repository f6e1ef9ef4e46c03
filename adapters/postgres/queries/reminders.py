"""Who is to be reminded of which meeting, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.meetings.remind_readers import Reminder
from domain.shared.ids import MeetingId, UserId

# The index holds only what is ahead; those who left the club since are left in peace, and erased readers too.
_DUE: Final = Statement("""
SELECT a.meeting_id, a.user_id, m.starts_at
FROM meetings m
JOIN meeting_attendees a ON a.meeting_id = m.id
JOIN club_members c ON c.club_id = m.club_id AND c.user_id = a.user_id AND c.standing = 'member'
JOIN subject_keys k ON k.user_id = a.user_id
WHERE m.status = 'scheduled' AND m.starts_at > %(after)s AND m.starts_at <= %(until)s
    AND a.rsvp IN ('coming', 'maybe') AND a.reminded_for IS DISTINCT FROM m.starts_at
ORDER BY m.starts_at, a.meeting_id, a.user_id LIMIT %(limit)s
""")
_DONE: Final = Statement("""
UPDATE meeting_attendees SET reminded_for = %(starts_at)s
WHERE meeting_id = %(meeting_id)s AND user_id = %(reader)s
""")


class PostgresReminders:
    """The `Reminders` port: each verb is one statement."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, after: datetime, until: datetime, limit: int) -> Sequence[Reminder]:
        """The soonest first."""
        rows = await self._database.all(_DUE, after=after, until=until, limit=limit)
        return [Reminder(MeetingId(row.meeting_id), UserId(row.user_id), row.starts_at) for row in rows]

    async def done(self, reminder: Reminder) -> None:
        """Her row remembers which beginning it was."""
        async with self._database.connection() as connection:
            await connection.run(
                _DONE,
                starts_at=reminder.starts_at,
                meeting_id=reminder.meeting_id,
                reader=reminder.reader,
            )
