"""Meetings as readers see them: plain reads, no locks."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.clubs import door_from
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.queries.meeting_views import attendee_from, detail_from, point_from
from adapters.postgres.statement import Statement
from application.meetings.views import (
    AttendeePage,
    AttendeeView,
    CurvePoint,
    MeetingDetail,
    MeetingPage,
    MeetingQuery,
)
from domain.clubs.door import Door
from domain.meetings.errors import AttendeeNotFound, MeetingNotFound
from domain.meetings.meeting import SEALS_OPEN
from domain.shared.ids import ClubId, MeetingId, UserId
from domain.shared.personal_data import PersonalDataVault

_CURSORS: Final = {over: Cursor("over" if over else "ahead", datetime, UUID) for over in (False, True)}
_ATTENDEES: Final = Cursor("attendees", datetime, UUID)

_DOOR: Final = Statement("""
SELECT clubs.visibility, c.standing, c.role
FROM meetings JOIN clubs ON clubs.id = meetings.club_id
LEFT JOIN club_members c ON c.club_id = clubs.id AND c.user_id = %(reader)s
WHERE meetings.id = %(id)s
""")
_SELECT: Final = """
SELECT m.*, k.wrapped, clubs.name AS club_name, works.title, mine.rsvp,
    (SELECT array_agg(name ORDER BY position) FROM work_authors WHERE work_id = m.work_id) AS authors,
    replies.*
FROM meetings m
JOIN clubs ON clubs.id = m.club_id
JOIN works ON works.id = m.work_id
LEFT JOIN subject_keys k ON k.user_id = m.arranged_by
LEFT JOIN meeting_attendees mine ON mine.meeting_id = m.id AND mine.user_id = %(reader)s
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE a.rsvp = 'coming') AS coming,
        count(*) FILTER (WHERE a.rsvp = 'maybe') AS maybe,
        count(*) FILTER (WHERE a.rsvp = 'declined') AS declined,
        count(*) FILTER (WHERE a.attended) AS attended
    FROM meeting_attendees a WHERE a.meeting_id = m.id
) AS replies
"""
_ONE: Final = Statement(f"{_SELECT} WHERE m.id = %(id)s")
_OF_CLUB: Final = "m.club_id = %(club_id)s"
_OF_READER: Final = """
m.club_id IN (SELECT club_id FROM club_members WHERE user_id = %(reader)s AND standing = 'member')
"""
_AHEAD: Final = "m.starts_at > %(now)s AND m.status <> 'closed'"
_OVER: Final = "(m.starts_at <= %(now)s OR m.status = 'closed')"
_FOR_CALENDAR: Final = Statement(
    f"{_SELECT} WHERE {_OF_READER} AND (%(club_id)s::uuid IS NULL OR m.club_id = %(club_id)s::uuid)"
    " AND m.starts_at > %(since)s ORDER BY m.starts_at, m.id LIMIT %(limit)s"
)
_ATTENDEE: Final = """
SELECT a.*, n.club_id, n.sealed_name, k.wrapped,
    a.sealed AND a.user_id <> %(reader)s AND m.seals_opened_at IS NULL
        AND m.starts_at > %(open_before)s AS hidden
FROM meeting_attendees a
JOIN meetings m ON m.id = a.meeting_id
LEFT JOIN club_members n ON n.club_id = m.club_id AND n.user_id = a.user_id
LEFT JOIN subject_keys k ON k.user_id = a.user_id
WHERE a.meeting_id = %(id)s
"""
_ONE_ATTENDEE: Final = Statement(f"{_ATTENDEE} AND a.user_id = %(of)s")
_ORDER: Final = "ORDER BY a.since, a.user_id LIMIT %(limit)s"
_ATTENDEES_FIRST: Final = Statement(f"{_ATTENDEE} {_ORDER}")
_ATTENDEES_AFTER: Final = Statement(f"{_ATTENDEE} AND (a.since, a.user_id) > (%(since)s, %(after)s) {_ORDER}")
_CURVE: Final = Statement("""
SELECT at, unit, number, whole, fraction, high_water FROM reading_notes
WHERE meeting_id = %(id)s AND user_id = %(of)s ORDER BY id
""")


class PostgresMeetingViews:
    """The `MeetingViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def door(self, meeting_id: MeetingId, reader: UserId | None) -> Door:
        """By primary keys."""
        return door_from(await self._found(_DOOR, meeting_id, reader))

    async def one(self, meeting_id: MeetingId, reader: UserId | None) -> MeetingDetail:
        """By primary key."""
        return detail_from(await self._found(_ONE, meeting_id, reader), self._vault)

    async def listed(self, query: MeetingQuery) -> MeetingPage:
        """A page, and one line more to know whether there is another."""
        values: dict[str, object] = {}
        cursor = _CURSORS[query.over]
        if query.cursor is not None:
            values["after_time"], values["after_id"] = cursor.read(query.cursor)
        statement = _listed(query.club_id is None, query.over, query.cursor is not None)
        rows = await self._database.all(
            statement,
            club_id=query.club_id,
            reader=query.reader,
            now=query.now,
            limit=query.limit + 1,
            **values,
        )
        shown = rows[: query.limit]
        following = None
        if len(rows) > query.limit:
            following = cursor.write(shown[-1].starts_at, shown[-1].id)
        return MeetingPage([detail_from(row, self._vault) for row in shown], following)

    async def attendees(
        self, meeting_id: MeetingId, reader: UserId, now: datetime, limit: int, cursor: str | None
    ) -> AttendeePage:
        """In the order of their coming."""
        values = {"id": meeting_id, "reader": reader, "open_before": now + SEALS_OPEN, "limit": limit + 1}
        if cursor is None:
            rows = await self._database.all(_ATTENDEES_FIRST, **values)
        else:
            since, after = _ATTENDEES.read(cursor)
            rows = await self._database.all(_ATTENDEES_AFTER, **values, since=since, after=after)
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            following = _ATTENDEES.write(shown[-1].since, shown[-1].user_id)
        return AttendeePage([attendee_from(row, self._vault) for row in shown], following)

    async def attendee(
        self, meeting_id: MeetingId, of: UserId, reader: UserId, now: datetime
    ) -> AttendeeView:
        """By primary key."""
        row = await self._database.one(
            _ONE_ATTENDEE, id=meeting_id, of=of, reader=reader, open_before=now + SEALS_OPEN
        )
        if row is None:
            raise AttendeeNotFound
        return attendee_from(row, self._vault)

    async def for_calendar(
        self, reader: UserId, club_id: ClubId | None, since: datetime, limit: int
    ) -> Sequence[MeetingDetail]:
        """One statement."""
        rows = await self._database.all(
            _FOR_CALENDAR, reader=reader, club_id=club_id, since=since, limit=limit
        )
        return [detail_from(row, self._vault) for row in rows]

    async def curve(self, meeting_id: MeetingId, of: UserId) -> Sequence[CurvePoint]:
        """Oldest first."""
        return [point_from(row) for row in await self._database.all(_CURVE, id=meeting_id, of=of)]

    async def _found(self, statement: Statement, meeting_id: MeetingId, reader: UserId | None) -> Row:
        row = await self._database.one(statement, id=meeting_id, reader=reader)
        if row is None:
            raise MeetingNotFound
        return row


@cache  # eight shapes
def _listed(of_reader: bool, over: bool, after: bool) -> Statement:  # noqa: FBT001 - a cache's key
    way, sign = ("DESC", "<") if over else ("ASC", ">")
    following = f"AND (m.starts_at, m.id) {sign} (%(after_time)s, %(after_id)s)" if after else ""
    return Statement(
        f"{_SELECT} WHERE {_OF_READER if of_reader else _OF_CLUB} AND {_OVER if over else _AHEAD} {following}"
        f" ORDER BY m.starts_at {way}, m.id {way} LIMIT %(limit)s"
    )
