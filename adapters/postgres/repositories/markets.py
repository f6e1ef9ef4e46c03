"""Race cards and markets in PostgreSQL."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.bet_rows import (
    card_columns,
    card_from,
    market_from,
    market_identity,
    market_standing,
)
from adapters.postgres.statement import Statement
from adapters.postgres.tables.bets import markets, race_cards
from domain.bets.card import RaceCard
from domain.bets.errors import MarketNotFound
from domain.bets.market import Market
from domain.bets.status import MarketKind
from domain.shared.errors import StaleVersion
from domain.shared.ids import MarketId, MeetingId, UserId

_OF: Final = select(race_cards).where(race_cards.c.meeting_id == bindparam("of_id"))
_HOLD_CARD: Final = Statement(_OF.with_for_update(read=True))
_CARD: Final = Statement(_OF.with_for_update())
_OPEN_CARD: Final = Statement(
    insert(race_cards)
    .values({column.name: bindparam(column.name) for column in race_cards.c})
    .on_conflict_do_nothing()
)
_SAVE_CARD: Final = Statement("""
UPDATE race_cards SET bet_for = %(bet_for)s, locked_at = %(locked_at)s,
    locked_because = %(locked_because)s, needs_attention = %(needs_attention)s
WHERE meeting_id = %(meeting_id)s
""")

_ONE: Final = select(markets).where(markets.c.id == bindparam("of_id"))
_HOLD: Final = Statement(_ONE.with_for_update(read=True))
_LOAD: Final = Statement(_ONE.with_for_update())
_FIND: Final = Statement("""
SELECT * FROM markets
WHERE meeting_id = %(meeting_id)s AND kind = %(kind)s AND subject IS NOT DISTINCT FROM %(subject)s::uuid
  AND status <> 'voided'
""")
_OF_MEETING: Final = Statement(
    select(markets).where(markets.c.meeting_id == bindparam("meeting")).order_by(markets.c.id)
)
_OPEN: Final = Statement(
    insert(markets)
    .values({column.name: bindparam(column.name) for column in markets.c})
    .on_conflict_do_nothing()
)
_MUTABLE: Final = (
    "status",
    "round",
    "winners",
    "void_because",
    "season",
    "settles_at",
    "disputed_by",
    "ruled_by",
    "paying",
    "ended_at",
)
_SAVE: Final = Statement(
    update(markets)
    .where(markets.c.id == bindparam("of_id"), markets.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": markets.c.version + 1})
)


class PostgresMarkets:
    """The `Markets` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold_card(self, meeting_id: MeetingId) -> RaceCard | None:
        """A shared lock."""
        row = await self._connection.one(_HOLD_CARD, of_id=meeting_id)
        return card_from(row) if row else None

    async def card(self, meeting_id: MeetingId) -> RaceCard | None:
        """A lock of one's own: it is given when the last bet under way is in."""
        row = await self._connection.one(_CARD, of_id=meeting_id)
        return card_from(row) if row else None

    async def open_card(self, card: RaceCard) -> None:
        """The first one stands."""
        await self._connection.run(_OPEN_CARD, **card_columns(card))

    async def save_card(self, card: RaceCard) -> None:
        """The card is locked by the caller."""
        await self._connection.run(_SAVE_CARD, **card_columns(card))

    async def open(self, market: Market) -> None:
        """The first one stands."""
        await self._connection.run(
            _OPEN, **market_identity(market), **market_standing(market), version=market.version
        )

    async def find(self, meeting_id: MeetingId, kind: MarketKind, subject: UserId | None) -> Market | None:
        """Along the index that keeps it unique."""
        row = await self._connection.one(_FIND, meeting_id=meeting_id, kind=kind.value, subject=subject)
        return market_from(row) if row else None

    async def hold(self, market_id: MarketId) -> Market:
        """A shared lock."""
        return await self._found(_HOLD, market_id)

    async def get(self, market_id: MarketId) -> Market:
        """A lock of one's own."""
        return await self._found(_LOAD, market_id)

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Market]:
        """In the order of their ids."""
        return [market_from(row) for row in await self._connection.all(_OF_MEETING, meeting=meeting_id)]

    async def save(self, market: Market) -> None:
        """Write what may change, and the new events."""
        changed = await self._connection.run(
            _SAVE,
            of_id=market.id,
            read_version=market.version,
            **{f"new_{name}": value for name, value in market_standing(market).items()},
        )
        if changed == 0:
            raise StaleVersion("The market changed since it was read; read it again.")
        market.version += 1
        await write_events(self._connection, market.drain_events())

    async def _found(self, statement: Statement, market_id: MarketId) -> Market:
        row = await self._connection.one(statement, of_id=market_id)
        if row is None:
            raise MarketNotFound("There is no such market.")
        return market_from(row)
