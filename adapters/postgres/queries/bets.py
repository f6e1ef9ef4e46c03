"""Bets and markets as they are looked at: plain reads, no locks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.repositories.bet_rows import bet_from, card_from, explanation_from, market_from
from adapters.postgres.statement import Statement
from application.bets.views import BetView, CardView, MarketView
from domain.bets.errors import BetNotFound
from domain.bets.evidence import WAIT_FOR_EVIDENCE
from domain.bets.market import Market
from domain.bets.odds import dividends
from domain.meetings.errors import MeetingNotFound
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId

_CLUB: Final = Statement("SELECT club_id FROM meetings WHERE id = %(meeting_id)s")
_CARD: Final = Statement("SELECT * FROM race_cards WHERE meeting_id = %(meeting_id)s")
_MARKETS: Final = Statement("SELECT * FROM markets WHERE meeting_id = %(meeting_id)s ORDER BY id")
_STAKES: Final = Statement("""
SELECT b.market_id, b.horse, sum(b.amount)::bigint AS staked, count(*) AS bettors
FROM bets b JOIN markets m ON m.id = b.market_id
WHERE m.meeting_id = %(meeting_id)s AND b.status = 'standing' GROUP BY b.market_id, b.horse ORDER BY b.horse
""")
_ONE: Final = Statement("SELECT * FROM bets WHERE id = %(id)s")
_OF_READER: Final = Statement("""
SELECT * FROM bets
WHERE bettor = %(reader)s AND id < %(before)s
  AND (%(meeting_id)s::uuid IS NULL OR meeting_id = %(meeting_id)s::uuid)
ORDER BY id DESC LIMIT %(limit)s
""")
_ITS_MARKETS: Final = Statement("SELECT * FROM markets WHERE id = ANY(%(ids)s::uuid[])")
# What was told in the round that the market is in; while it is corrected, nothing is known.
_TOLD: Final = Statement("""
SELECT r.bet_id, r.explanation FROM bet_results r JOIN bets b ON b.id = r.bet_id
JOIN markets m ON m.id = b.market_id AND m.round = r.round
WHERE r.bet_id = ANY(%(ids)s::uuid[])
""")
_UNFINISHED: Final = Statement("""
SELECT m.id FROM meetings m
WHERE m.id > %(after)s AND m.scheduled_at < %(before)s
  AND (m.status IN ('scheduled', 'held') AND m.starts_at > %(since)s
       OR EXISTS (SELECT FROM markets WHERE meeting_id = m.id AND status NOT IN ('settled', 'voided')))
ORDER BY m.id LIMIT %(limit)s
""")
_BEFORE_ALL: Final = UUID(int=0)
_AFTER_ALL: Final = UUID(int=(1 << 128) - 1)


class PostgresBettingViews:
    """The `BettingViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def club_of(self, meeting_id: MeetingId) -> ClubId:
        """By primary key."""
        row = await self._database.one(_CLUB, meeting_id=meeting_id)
        if row is None:
            raise MeetingNotFound
        return ClubId(row.club_id)

    async def card(self, meeting_id: MeetingId) -> CardView:
        """The card, its markets and what stands on them."""
        card = await self._database.one(_CARD, meeting_id=meeting_id)
        rows = await self._database.all(_MARKETS, meeting_id=meeting_id)
        staked = await self._database.all(_STAKES, meeting_id=meeting_id)
        return CardView(
            card_from(card) if card else None,
            [_view(market_from(row), [each for each in staked if each.market_id == row.id]) for row in rows],
        )

    async def bet(self, bet_id: BetId) -> BetView:
        """With its market and explanation."""
        row = await self._database.one(_ONE, id=bet_id)
        if row is None:
            raise BetNotFound("There is no such bet.")
        return (await self._views([row]))[0]

    async def of_reader(
        self, reader: UserId, *, meeting_id: MeetingId | None, before: BetId | None, limit: int
    ) -> Sequence[BetView]:
        """Along the index of a reader's bets."""
        rows = await self._database.all(
            _OF_READER, reader=reader, meeting_id=meeting_id, before=before or _AFTER_ALL, limit=limit
        )
        return await self._views(rows)

    async def unfinished(self, now: datetime, *, after: MeetingId | None, limit: int) -> Sequence[MeetingId]:
        """In the order of their ids."""
        rows = await self._database.all(
            _UNFINISHED, before=now, since=now - WAIT_FOR_EVIDENCE, after=after or _BEFORE_ALL, limit=limit
        )
        return [MeetingId(row.id) for row in rows]

    async def _views(self, rows: Sequence[Row]) -> list[BetView]:
        market_rows = await self._database.all(_ITS_MARKETS, ids=[row.market_id for row in rows])
        markets: dict[MarketId, Market] = {row.id: market_from(row) for row in market_rows}
        told = {
            row.bet_id: explanation_from(row.explanation)
            for row in await self._database.all(_TOLD, ids=[row.id for row in rows])
        }
        return [
            BetView(bet=bet_from(row), market=markets[row.market_id], explanation=told.get(row.id))
            for row in rows
        ]


def _view(market: Market, staked: Sequence[Row]) -> MarketView:
    backed = {row.horse: row.staked for row in staked}
    return MarketView(
        market=market,
        bettors=sum(row.bettors for row in staked),
        backed=backed,
        odds=dividends(backed),
    )
