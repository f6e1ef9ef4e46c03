"""What bets need to know of meetings, in PostgreSQL: one statement a question."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.bets.evidence import Evidence, Runner
from domain.bets.lock import Field
from domain.bets.ports import Look
from domain.meetings.progress import WHOLE
from domain.shared.ids import MeetingId, UserId

# What readers sealed counts: they know it themselves.
_LOOK: Final = Statement("""
SELECT m.starts_at, coalesce(max(a.high_water), 0) AS furthest,
       coalesce(bool_or(a.finished_at IS NOT NULL), false) AS finished,
       count(*) FILTER (WHERE a.rsvp = 'coming') AS coming,
       coalesce(array_agg(a.user_id) FILTER (WHERE a.rsvp = 'coming' AND a.user_id = ANY(%(at)s::uuid[])),
                '{}') AS running
FROM meetings m LEFT JOIN meeting_attendees a ON a.meeting_id = m.id
WHERE m.id = %(meeting_id)s GROUP BY m.id
""")
_COMING: Final = Statement("""
SELECT user_id FROM meeting_attendees WHERE meeting_id = %(meeting_id)s AND rsvp = 'coming'
""")
# Who claims to have read faster than anybody can has reported, and not finished.
_EVIDENCE: Final = Statement("""
SELECT m.starts_at, a.user_id, a.rsvp, a.attended, a.noted_at IS NOT NULL AS reported,
       CASE WHEN a.credited = %(whole)s THEN a.finished_at END AS finished_at
FROM meetings m LEFT JOIN meeting_attendees a ON a.meeting_id = m.id
WHERE m.id = %(meeting_id)s ORDER BY a.user_id
""")
_ATTENDED: Final = Statement("""
SELECT count(*) AS meetings FROM meeting_attendees a JOIN meetings m ON m.id = a.meeting_id
WHERE a.user_id = %(reader)s AND a.attended AND m.status <> 'cancelled'
  AND m.starts_at >= %(since)s AND m.starts_at < %(until)s
""")


class PostgresPaddock:
    """The `Paddock` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def look(self, meeting_id: MeetingId, at: Collection[UserId]) -> Look:
        """Along the meeting's attendees."""
        row = await self._connection.one(_LOOK, meeting_id=meeting_id, at=list(at))
        assert row is not None  # noqa: S101 - of a meeting that is there
        return Look(
            field=Field(starts_at=row.starts_at, furthest=row.furthest, finished=row.finished),
            running=frozenset(row.running),
            coming=row.coming,
        )

    async def coming(self, meeting_id: MeetingId) -> Collection[UserId]:
        """Who says so."""
        return {row.user_id for row in await self._connection.all(_COMING, meeting_id=meeting_id)}

    async def attended(self, reader: UserId, *, since: datetime, until: datetime) -> int:
        """Along the index of a reader's meetings."""
        row = await self._connection.one(_ATTENDED, reader=reader, since=since, until=until)
        return row.meetings if row else 0

    async def evidence(self, meeting_id: MeetingId) -> Evidence:
        """Whoever came counts for the heads, announced or not."""
        rows = await self._connection.all(_EVIDENCE, meeting_id=meeting_id, whole=WHOLE)
        heads = [row.attended for row in rows if row.attended is not None]
        return Evidence(
            starts_at=rows[0].starts_at,
            came=sum(heads) if heads else None,
            runners=[
                Runner(
                    reader=row.user_id,
                    reported=row.reported,
                    finished_at=row.finished_at,
                    attended=row.attended,
                )
                for row in rows
                if row.rsvp == "coming"
            ],
        )
