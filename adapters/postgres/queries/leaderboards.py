"""Leaderboards: a page is read along the index of its ranking, however many readers there are."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database, Row
from adapters.postgres.repositories.standings import ALL_CLUBS
from adapters.postgres.statement import Statement
from domain.leaderboards.standing import Ranking, Standing
from domain.shared.ids import ClubId, UserId

_BEST: Final = """
SELECT user_id, settled, won, staked, returned, brier_sum, reading FROM standings
WHERE season = %(season)s AND club_id = %(club_id)s AND {ranked}
ORDER BY {by}, user_id OFFSET %(offset)s LIMIT %(limit)s
"""
_ENOUGH: Final = "settled >= 5"
_BY: Final[Mapping[Ranking, Statement]] = {
    Ranking.PROFIT: Statement(_BEST.format(ranked=_ENOUGH, by="profit DESC")),
    Ranking.RETURN: Statement(_BEST.format(ranked=_ENOUGH, by="shrunk_return DESC")),
    Ranking.BRIER: Statement(_BEST.format(ranked=_ENOUGH, by="brier")),
    Ranking.READING: Statement(_BEST.format(ranked="reading > 0", by="reading DESC")),
}
_OF: Final = Statement("""
SELECT user_id, settled, won, staked, returned, brier_sum, reading FROM standings
WHERE season = %(season)s AND club_id = %(club_id)s AND user_id = ANY(%(readers)s::uuid[])
""")


class PostgresLeaderboards:
    """The `LeaderboardViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def best(
        self, season: str, club_id: ClubId | None, by: Ranking, *, offset: int, limit: int
    ) -> Sequence[Standing]:
        """Along the index of that ranking."""
        rows = await self._database.all(
            _BY[by], season=season, club_id=club_id or ALL_CLUBS, offset=offset, limit=limit
        )
        return [_standing(row) for row in rows]

    async def of(self, season: str, club_id: ClubId | None, readers: Sequence[UserId]) -> Sequence[Standing]:
        """By primary key."""
        rows = await self._database.all(
            _OF, season=season, club_id=club_id or ALL_CLUBS, readers=list(readers)
        )
        return [_standing(row) for row in rows]


def _standing(row: Row) -> Standing:
    facts = row._asdict()
    return Standing(reader=facts.pop("user_id"), **facts)
