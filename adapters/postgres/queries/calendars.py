"""Which calendars were given out, in PostgreSQL."""

from datetime import datetime
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.meetings.calendars import Calendar
from domain.shared.ids import ClubId, UserId

_KEEP: Final = Statement("""
INSERT INTO calendars (fingerprint, user_id, club_id, made_at)
VALUES (%(fingerprint)s, %(reader)s, %(club_id)s, %(at)s)
ON CONFLICT (user_id, club_id) DO UPDATE SET fingerprint = excluded.fingerprint, made_at = excluded.made_at
""")
_FIND: Final = Statement("SELECT user_id, club_id FROM calendars WHERE fingerprint = %(fingerprint)s")
_FORGET: Final = Statement("""
DELETE FROM calendars WHERE user_id = %(reader)s AND club_id IS NOT DISTINCT FROM %(club_id)s::uuid
""")


class PostgresCalendars:
    """The `Calendars` port: each verb is one statement."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, fingerprint: bytes, calendar: Calendar, at: datetime) -> None:
        """One for each reader and club, and one for all of her clubs."""
        async with self._database.connection() as connection:
            await connection.run(
                _KEEP, fingerprint=fingerprint, reader=calendar.reader, club_id=calendar.club_id, at=at
            )

    async def find(self, fingerprint: bytes) -> Calendar | None:
        """By primary key."""
        row = await self._database.one(_FIND, fingerprint=fingerprint)
        if row is None:
            return None
        return Calendar(UserId(row.user_id), ClubId(row.club_id) if row.club_id else None)

    async def forget(self, calendar: Calendar) -> None:
        """Its row goes."""
        async with self._database.connection() as connection:
            await connection.run(_FORGET, reader=calendar.reader, club_id=calendar.club_id)
