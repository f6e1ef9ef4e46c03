"""Clubs as readers see them: plain reads, no locks."""

from datetime import datetime
from functools import cache
from typing import Annotated, Final
from uuid import UUID

import msgspec

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.queries.patterns import containing
from adapters.postgres.repositories.club_rows import name_from
from adapters.postgres.statement import Statement
from application.clubs.views import (
    ClubCard,
    ClubDetail,
    ClubPage,
    ClubQuery,
    ClubScore,
    MemberLine,
    MemberPage,
    NextMeeting,
)
from domain.clubs.door import Door
from domain.clubs.errors import ClubNotFound
from domain.clubs.standing import ClubRole, Standing, Visibility
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault
from domain.shared.wording import folded

# A name of eighty letters, folded: one sign may stand for a whole phrase.
NameKey = Annotated[str, msgspec.Meta(max_length=2_000, pattern=r"^[^\x00]*$")]
_DIRECTORY: Final = Cursor("clubs", NameKey, UUID)
_MEMBERS: Final = Cursor("members", datetime, UUID)

_MEMBER_COUNT: Final = """
(SELECT count(*) FROM club_members c WHERE c.club_id = clubs.id AND c.standing = 'member') AS members
"""
_DOOR: Final = Statement("""
SELECT clubs.visibility, m.standing, m.role
FROM clubs LEFT JOIN club_members m ON m.club_id = clubs.id AND m.user_id = %(reader)s
WHERE clubs.id = %(id)s
""")
# What was done at meetings is a few dozen rows a year; the index of the club's meetings leads to them.
_ONE: Final = Statement(f"""
SELECT clubs.*, m.standing, m.role, {_MEMBER_COUNT},
    done.meetings, done.attended, done.finished,
    ahead.id AS meeting_id, ahead.work_id, ahead.title, ahead.starts_at, ahead.time_zone
FROM clubs
LEFT JOIN club_members m ON m.club_id = clubs.id AND m.user_id = %(reader)s
CROSS JOIN LATERAL (
    SELECT count(DISTINCT meetings.id) AS meetings, count(*) FILTER (WHERE a.attended) AS attended,
        count(a.finished_at) AS finished
    FROM meetings LEFT JOIN meeting_attendees a ON a.meeting_id = meetings.id
    WHERE meetings.club_id = clubs.id AND meetings.status IN ('held', 'closed')
) AS done
LEFT JOIN LATERAL (
    SELECT meetings.id, meetings.work_id, works.title, meetings.starts_at, meetings.time_zone
    FROM meetings JOIN works ON works.id = meetings.work_id
    WHERE meetings.club_id = clubs.id AND meetings.status = 'scheduled' AND meetings.starts_at > %(now)s
    ORDER BY meetings.starts_at, meetings.id LIMIT 1
) AS ahead ON TRUE
WHERE clubs.id = %(id)s
""")  # noqa: S608 - put together from constants
_PAGE: Final = """
SELECT clubs.id, clubs.name, clubs.name_key, clubs.location, clubs.genre, clubs.visibility, {members}
FROM clubs {mine}
WHERE NOT EXISTS (
    SELECT FROM club_members b
    WHERE b.club_id = clubs.id AND b.user_id = %(reader)s AND b.standing = 'barred'
) {conditions}
ORDER BY clubs.name_key, clubs.id LIMIT %(limit)s
"""
_MINE: Final = """
JOIN club_members mine ON mine.club_id = clubs.id AND mine.user_id = %(reader)s AND mine.standing = 'member'
"""
_CONDITIONS: Final = {
    "q": "AND clubs.name_key LIKE %(q)s",
    "location": "AND clubs.location_key LIKE %(location)s",
    "genre": "AND clubs.genre = ANY(%(genre)s)",
    "after_name": "AND (clubs.name_key, clubs.id) > (%(after_name)s, %(after_id)s)",
}
_MEMBER_PAGE: Final = """
SELECT m.*, k.wrapped FROM club_members m LEFT JOIN subject_keys k ON k.user_id = m.user_id
WHERE m.club_id = %(club_id)s AND m.standing = %(standing)s {condition}
ORDER BY m.since, m.user_id LIMIT %(limit)s
"""
_MEMBERS_FIRST: Final = Statement(_MEMBER_PAGE.format(condition=""))
_MEMBERS_AFTER: Final = Statement(
    _MEMBER_PAGE.format(condition="AND (m.since, m.user_id) > (%(since)s, %(after)s)")
)
_GENRES: Final = Statement("SELECT slug FROM categories WHERE slug = %(genre)s OR parent = %(genre)s")


class PostgresClubViews:
    """The `ClubViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def door(self, club_id: ClubId, reader: UserId | None) -> Door:
        """By primary keys."""
        row = await self._database.one(_DOOR, id=club_id, reader=reader)
        if row is None:
            raise ClubNotFound
        return door_from(row)

    async def one(self, club_id: ClubId, reader: UserId | None, now: datetime) -> ClubDetail:
        """One statement."""
        row = await self._database.one(_ONE, id=club_id, reader=reader, now=now)
        if row is None:
            raise ClubNotFound
        return _detail_from(row)

    async def found(self, query: ClubQuery) -> ClubPage:
        """A page, and one line more to know whether there is another."""
        values: dict[str, object] = {}
        if query.q is not None:
            values["q"] = containing(folded(query.q))
        if query.location is not None:
            values["location"] = containing(folded(query.location))
        if query.cursor is not None:
            values["after_name"], values["after_id"] = _DIRECTORY.read(query.cursor)
        async with self._database.connection() as connection:
            if query.genre is not None:
                genres = await connection.all(_GENRES, genre=query.genre)
                values["genre"] = [row.slug for row in genres]
            statement = _page(query.mine, frozenset(values))
            rows = await connection.all(statement, reader=query.reader, limit=query.limit + 1, **values)
        shown = rows[: query.limit]
        following = _DIRECTORY.write(shown[-1].name_key, shown[-1].id) if len(rows) > query.limit else None
        return ClubPage([_card_from(row) for row in shown], following)

    async def members(
        self, club_id: ClubId, standing: Standing, limit: int, cursor: str | None
    ) -> MemberPage:
        """By the index of who is in."""
        values: dict[str, object] = {"club_id": club_id, "standing": standing.value, "limit": limit + 1}
        if cursor is None:
            rows = await self._database.all(_MEMBERS_FIRST, **values)
        else:
            since, after = _MEMBERS.read(cursor)
            rows = await self._database.all(_MEMBERS_AFTER, **values, since=since, after=after)
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            following = _MEMBERS.write(shown[-1].since, shown[-1].user_id)
        return MemberPage([self._line_from(row) for row in shown], following)

    def _line_from(self, row: Row) -> MemberLine:
        return MemberLine(
            reader_id=UserId(row.user_id),
            display_name=name_from(row, self._vault),
            role=row.role,
            standing=row.standing,
            since=row.since,
        )


@cache  # a handful of shapes
def _page(mine: bool, wanted: frozenset[str]) -> Statement:  # noqa: FBT001 - a cache's key
    conditions = " ".join(text for name, text in _CONDITIONS.items() if name in wanted)
    return Statement(_PAGE.format(members=_MEMBER_COUNT, mine=_MINE if mine else "", conditions=conditions))


def door_from(row: Row) -> Door:
    """What a reader may see and do, from the club's visibility and her membership."""
    return Door(
        row.visibility == Visibility.PRIVATE,
        Standing(row.standing) if row.standing else None,
        ClubRole(row.role) if row.role else ClubRole.MEMBER,
    )


def _card_from(row: Row) -> ClubCard:
    return ClubCard(
        id=ClubId(row.id),
        name=row.name,
        location=row.location,
        genre=row.genre,
        private=row.visibility == Visibility.PRIVATE,
        members=row.members,
    )


def _detail_from(row: Row) -> ClubDetail:
    ahead = None
    if row.meeting_id is not None:
        ahead = NextMeeting(
            meeting_id=MeetingId(row.meeting_id),
            work_id=WorkId(row.work_id),
            title=row.title,
            starts_at=row.starts_at,
            time_zone=row.time_zone,
        )
    return ClubDetail(
        id=ClubId(row.id),
        version=row.version,
        name=row.name,
        location=row.location,
        genre=row.genre,
        description=row.description,
        private=row.visibility == Visibility.PRIVATE,
        betting=row.betting,
        founded_at=row.founded_at,
        members=row.members,
        score=ClubScore.of(row.meetings, row.attended, row.finished),
        next_meeting=ahead,
        standing=row.standing,
        role=row.role if row.standing == Standing.MEMBER else None,
    )
