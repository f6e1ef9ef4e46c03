"""Votes with their candidates and ballots, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import insert

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from adapters.postgres.tables.votes import votes
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from domain.votes.errors import VoteNotFound
from domain.votes.vote import Ballot, Candidate, Vote

_GET: Final = Statement("SELECT * FROM votes WHERE id = %(id)s FOR UPDATE")
_READ: Final = Statement("SELECT * FROM votes WHERE id = %(id)s FOR SHARE")
CANDIDATES: Final = Statement("SELECT * FROM vote_candidates WHERE vote_id = %(id)s ORDER BY position")
_ADD: Final = Statement(insert(votes))
_SAVE: Final = Statement("UPDATE votes SET ended_at = %(ended_at)s WHERE id = %(id)s")
_PROPOSE: Final = Statement("""
INSERT INTO vote_candidates (vote_id, position, work_id, proposed_by, proposed_at)
VALUES (%(id)s, %(position)s, %(work_id)s, %(proposed_by)s, %(proposed_at)s)
ON CONFLICT (vote_id, position) DO NOTHING
""")
_CAST: Final = Statement("""
INSERT INTO vote_ballots (vote_id, user_id, choices, cast_at)
VALUES (%(id)s, %(reader)s, %(choices)s::uuid[], %(cast_at)s)
ON CONFLICT (vote_id, user_id) DO UPDATE SET choices = excluded.choices, cast_at = excluded.cast_at
""")
_TAKE_BACK: Final = Statement("DELETE FROM vote_ballots WHERE vote_id = %(id)s AND user_id = %(reader)s")
_TAKE_BACK_ALL: Final = Statement("""
DELETE FROM vote_ballots b USING votes v
WHERE v.id = b.vote_id AND v.club_id = %(club_id)s AND b.user_id = %(reader)s
    AND b.cast_at <= %(at)s AND v.closes_at > %(at)s AND (v.ended_at IS NULL OR v.ended_at > %(at)s)
""")
BALLOTS: Final = Statement("SELECT * FROM vote_ballots WHERE vote_id = %(id)s")


class PostgresVotes:
    """The `Votes` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, vote: Vote) -> None:
        """The vote and what is proposed from the beginning."""
        await self._connection.run(
            _ADD,
            id=vote.id,
            club_id=vote.club_id,
            opened_by=vote.opened_by,
            opened_at=vote.opened_at,
            closes_at=vote.closes_at,
            ended_at=vote.ended_at,
        )
        await self._keep_candidates(vote)

    async def get(self, vote_id: VoteId) -> Vote:
        """Load and lock."""
        return await self._loaded(await self._connection.one(_GET, id=vote_id))

    async def read(self, vote_id: VoteId) -> Vote:
        """Load, and lock against changes alone."""
        return await self._loaded(await self._connection.one(_READ, id=vote_id))

    async def save(self, vote: Vote) -> None:
        """Candidates are added, never changed; the lock of `get` keeps others out."""
        await self._connection.run(_SAVE, id=vote.id, ended_at=vote.ended_at)
        await self._keep_candidates(vote)

    async def cast(self, vote_id: VoteId, ballot: Ballot) -> None:
        """One row for each reader."""
        await self._connection.run(
            _CAST,
            id=vote_id,
            reader=ballot.reader,
            choices=list(ballot.choices),
            cast_at=ballot.cast_at,
        )

    async def take_back(self, vote_id: VoteId, reader: UserId) -> None:
        """Hers."""
        await self._connection.run(_TAKE_BACK, id=vote_id, reader=reader)

    async def take_back_all(self, club_id: ClubId, reader: UserId, at: datetime) -> None:
        """Those in votes that were open at that moment."""
        await self._connection.run(_TAKE_BACK_ALL, club_id=club_id, reader=reader, at=at)

    async def ballots(self, vote_id: VoteId) -> Sequence[Ballot]:
        """All."""
        return [ballot_from(row) for row in await self._connection.all(BALLOTS, id=vote_id)]

    async def _keep_candidates(self, vote: Vote) -> None:
        rows = [
            {
                "id": vote.id,
                "position": position,
                "work_id": candidate.work_id,
                "proposed_by": candidate.proposed_by,
                "proposed_at": candidate.proposed_at,
            }
            for position, candidate in enumerate(vote.candidates)
        ]
        await self._connection.run_many(_PROPOSE, rows)

    async def _loaded(self, row: Row | None) -> Vote:
        if row is None:
            raise VoteNotFound
        # A statement of its own: it sees what others committed while this one waited for the lock.
        return vote_from(row, await self._connection.all(CANDIDATES, id=row.id))


def vote_from(row: Row, candidates: Sequence[Row]) -> Vote:
    """The aggregate."""
    return Vote(
        id=VoteId(row.id),
        club_id=ClubId(row.club_id),
        opened_by=UserId(row.opened_by),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        ended_at=row.ended_at,
        candidates=[
            Candidate(WorkId(one.work_id), UserId(one.proposed_by), one.proposed_at) for one in candidates
        ],
    )


def ballot_from(row: Row) -> Ballot:
    """One reader's."""
    return Ballot(UserId(row.user_id), tuple(WorkId(choice) for choice in row.choices), row.cast_at)
