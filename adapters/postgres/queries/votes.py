"""Votes as members see them: plain reads, no locks."""

from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database
from adapters.postgres.queries.clubs import door_from
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.repositories.votes import BALLOTS, CANDIDATES, ballot_from, vote_from
from adapters.postgres.statement import Statement
from application.votes.views import VoteLine, VotePage, VoteRecord, WorkName
from domain.clubs.door import Door
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from domain.votes.errors import VoteNotFound

_VOTES: Final = Cursor("votes", UUID)

_DOOR: Final = Statement("""
SELECT clubs.visibility, c.standing, c.role
FROM votes JOIN clubs ON clubs.id = votes.club_id
LEFT JOIN club_members c ON c.club_id = clubs.id AND c.user_id = %(reader)s
WHERE votes.id = %(id)s
""")
_VOTE: Final = Statement("""
SELECT v.*, (
    SELECT count(*) FROM club_members m WHERE m.club_id = v.club_id AND m.standing = 'member'
) AS members
FROM votes v WHERE v.id = %(id)s
""")
_NAMES: Final = Statement("""
SELECT w.id, w.title, ARRAY(
    SELECT a.name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position
) AS authors
FROM vote_candidates c JOIN works w ON w.id = c.work_id WHERE c.vote_id = %(id)s
""")
_PAGE: Final = """
SELECT v.*, v.ended_at IS NOT NULL OR v.closes_at <= %(at)s AS over,
    (SELECT count(*) FROM vote_candidates c WHERE c.vote_id = v.id) AS candidates,
    (SELECT count(*) FROM vote_ballots b WHERE b.vote_id = v.id) AS ballots
FROM votes v WHERE v.club_id = %(club_id)s
"""
_ORDER: Final = "ORDER BY v.id DESC LIMIT %(limit)s"
_FIRST: Final = Statement(f"{_PAGE} {_ORDER}")
_AFTER: Final = Statement(f"{_PAGE} AND v.id < %(after)s {_ORDER}")


class PostgresVoteViews:
    """The `VoteViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def door(self, vote_id: VoteId, reader: UserId) -> Door:
        """By primary keys."""
        row = await self._database.one(_DOOR, id=vote_id, reader=reader)
        if row is None:
            raise VoteNotFound
        return door_from(row)

    async def record(self, vote_id: VoteId) -> VoteRecord:
        """Four short statements: a vote is looked at for days and changed for minutes."""
        async with self._database.connection() as connection:
            row = await connection.one(_VOTE, id=vote_id)
            if row is None:
                raise VoteNotFound
            candidates = await connection.all(CANDIDATES, id=vote_id)
            ballots = await connection.all(BALLOTS, id=vote_id)
            names = await connection.all(_NAMES, id=vote_id)
        return VoteRecord(
            vote=vote_from(row, candidates),
            ballots=[ballot_from(ballot) for ballot in ballots],
            names={WorkId(name.id): WorkName(name.title, name.authors) for name in names},
            members=row.members,
        )

    async def listed(self, club_id: ClubId, at: datetime, limit: int, cursor: str | None) -> VotePage:
        """By the index of the club's votes."""
        asked: dict[str, object] = {"club_id": club_id, "at": at, "limit": limit + 1}
        if cursor is None:
            rows = await self._database.all(_FIRST, **asked)
        else:
            [after] = _VOTES.read(cursor)
            rows = await self._database.all(_AFTER, **asked, after=after)
        lines = [
            VoteLine(
                vote_id=VoteId(row.id),
                opened_at=row.opened_at,
                closes_at=row.closes_at,
                ended_at=row.ended_at,
                over=row.over,
                candidates=row.candidates,
                ballots=row.ballots,
            )
            for row in rows[:limit]
        ]
        return VotePage(lines, _VOTES.write(rows[limit - 1].id) if len(rows) > limit else None)
