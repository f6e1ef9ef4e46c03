"""Bets in PostgreSQL, and what became of them."""

from collections.abc import Collection, Sequence
from typing import Final

from psycopg.errors import UniqueViolation
from sqlalchemy import bindparam, insert

from adapters.postgres.database import Connection
from adapters.postgres.repositories.bet_rows import bet_columns, bet_from, packed, result_from
from adapters.postgres.statement import Statement
from adapters.postgres.tables.bets import bets
from domain.bets.bet import Bet
from domain.bets.errors import AlreadyBet, BetNotFound
from domain.bets.ports import Result
from domain.bets.rules import MEDIAN_FROM
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId

_ADD: Final = Statement(insert(bets).values({column.name: bindparam(column.name) for column in bets.c}))
_LOAD: Final = Statement("SELECT * FROM bets WHERE id = %(id)s FOR UPDATE")
_SAVE: Final = Statement("UPDATE bets SET status = %(status)s, ended_at = %(ended_at)s WHERE id = %(id)s")
_STANDING: Final = Statement("""
SELECT * FROM bets WHERE market_id = %(market_id)s AND status = 'standing' ORDER BY id
""")
_BETTORS: Final = Statement("""
SELECT DISTINCT b.bettor FROM bets b JOIN markets m ON m.id = b.market_id
WHERE m.meeting_id = %(meeting_id)s AND b.status = 'standing'
""")
_OFF: Final = Statement("""
SELECT * FROM bets
WHERE market_id = %(market_id)s AND status = 'standing' AND horse <> ALL(%(running)s::text[])
ORDER BY id LIMIT %(limit)s FOR UPDATE
""")
_MEDIAN: Final = Statement("""
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount) AS median, count(*) AS bets FROM (
    SELECT amount FROM bets WHERE club_id = %(club_id)s ORDER BY id DESC LIMIT 100
) AS lately
""")
_EXPLAIN: Final = Statement("""
INSERT INTO bet_results (bet_id, round, brier, explanation)
SELECT * FROM unnest(%(bets)s::uuid[], %(rounds)s::smallint[], %(briers)s::int[], %(explanations)s::jsonb[])
ON CONFLICT DO NOTHING RETURNING bet_id
""")
_EXPLAINED: Final = Statement("""
SELECT r.*, b.bettor FROM bet_results r JOIN bets b ON b.id = r.bet_id
WHERE b.market_id = %(market_id)s AND b.status = 'standing' AND r.round = %(round)s ORDER BY b.id
""")


class PostgresBets:
    """The `Bets` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, bet: Bet) -> None:
        """An index refuses the second one."""
        try:
            await self._connection.run(_ADD, **bet_columns(bet))
        except UniqueViolation as taken:
            if taken.diag.constraint_name == "bets_one_each_idx":
                raise AlreadyBet("You have a bet on this market; withdraw it first.") from taken
            raise

    async def get(self, bet_id: BetId) -> Bet:
        """Load and lock."""
        row = await self._connection.one(_LOAD, id=bet_id)
        if row is None:
            raise BetNotFound("There is no such bet.")
        return bet_from(row)

    async def save(self, bet: Bet) -> None:
        """What may change."""
        await self._connection.run(_SAVE, id=bet.id, status=bet.status.value, ended_at=bet.ended_at)

    async def standing(self, market_id: MarketId) -> Sequence[Bet]:
        """Along the index of what stands."""
        return [bet_from(row) for row in await self._connection.all(_STANDING, market_id=market_id)]

    async def bettors(self, meeting_id: MeetingId) -> Collection[UserId]:
        """Each once."""
        return {row.bettor for row in await self._connection.all(_BETTORS, meeting_id=meeting_id)}

    async def off(self, market_id: MarketId, running: Collection[str], limit: int) -> Sequence[Bet]:
        """Locked, in the order of their ids."""
        rows = await self._connection.all(_OFF, market_id=market_id, running=list(running), limit=limit)
        return [bet_from(row) for row in rows]

    async def median(self, club_id: ClubId) -> int | None:
        """The lower of two in the middle."""
        row = await self._connection.one(_MEDIAN, club_id=club_id)
        return row.median if row and row.bets >= MEDIAN_FROM else None

    async def explain(self, results: Sequence[Result]) -> Collection[BetId]:
        """Each once a round."""
        rows = await self._connection.all(
            _EXPLAIN,
            bets=[result.bet for result in results],
            rounds=[result.round for result in results],
            briers=[result.brier for result in results],
            explanations=[packed(result.explanation) for result in results],
        )
        return {row.bet_id for row in rows}

    async def explained(self, market_id: MarketId, round_: int) -> Sequence[Result]:
        """In the order of the bets' ids."""
        rows = await self._connection.all(_EXPLAINED, market_id=market_id, round=round_)
        return [result_from(row) for row in rows]
