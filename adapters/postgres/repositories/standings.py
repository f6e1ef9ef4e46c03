"""How readers stand, in PostgreSQL."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.leaderboards.standing import Standing
from domain.shared.ids import ClubId

ALL_CLUBS: Final = UUID(int=0)
# In the order of readers, so that two markets that end at once do not wait for each other.
_ADD: Final = Statement("""
INSERT INTO standings AS s
    (season, club_id, user_id, settled, won, staked, returned, brier_sum, reading)
SELECT %(season)s, c.club_id, r.* FROM unnest(%(clubs)s::uuid[]) AS c (club_id),
    unnest(%(readers)s::uuid[], %(settled)s::int[], %(won)s::int[], %(staked)s::bigint[],
           %(returned)s::bigint[], %(brier_sum)s::bigint[], %(reading)s::bigint[]) AS r (user_id)
ORDER BY c.club_id, r.user_id
ON CONFLICT (season, club_id, user_id) DO UPDATE SET
    settled = s.settled + excluded.settled, won = s.won + excluded.won, staked = s.staked + excluded.staked,
    returned = s.returned + excluded.returned, brier_sum = s.brier_sum + excluded.brier_sum,
    reading = s.reading + excluded.reading
""")
_TAKE_BACK: Final = Statement("""
UPDATE standings s SET
    settled = s.settled - r.settled, won = s.won - r.won, staked = s.staked - r.staked,
    returned = s.returned - r.returned, brier_sum = s.brier_sum - r.brier_sum, reading = s.reading - r.reading
FROM unnest(%(readers)s::uuid[], %(settled)s::int[], %(won)s::int[], %(staked)s::bigint[],
            %(returned)s::bigint[], %(brier_sum)s::bigint[], %(reading)s::bigint[])
     AS r (user_id, settled, won, staked, returned, brier_sum, reading)
WHERE s.season = %(season)s AND s.club_id = ANY(%(clubs)s::uuid[]) AND s.user_id = r.user_id
""")


class PostgresStandings:
    """The `Standings` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        """One statement for both lists."""
        await self._write(_ADD, season, club_id, changes)

    async def take_back(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        """One statement for both lists."""
        await self._write(_TAKE_BACK, season, club_id, changes)

    async def _write(
        self, statement: Statement, season: str, club_id: ClubId, changes: Sequence[Standing]
    ) -> None:
        await self._connection.run(
            statement,
            season=season,
            clubs=[ALL_CLUBS, club_id],
            readers=[change.reader for change in changes],
            settled=[change.settled for change in changes],
            won=[change.won for change in changes],
            staked=[change.staked for change in changes],
            returned=[change.returned for change in changes],
            brier_sum=[change.brier_sum for change in changes],
            reading=[change.reading for change in changes],
        )
