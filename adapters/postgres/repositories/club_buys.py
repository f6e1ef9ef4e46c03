"""Club buys with who takes part, in PostgreSQL."""

from typing import Final

from sqlalchemy import insert

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from adapters.postgres.tables.club_buys import club_buys
from domain.club_buys.club_buy import ClubBuy, Share
from domain.club_buys.errors import ClubBuyNotFound
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId
from domain.shared.isbn import Isbn

_ADD: Final = Statement(insert(club_buys))
_GET: Final = Statement("SELECT * FROM club_buys WHERE id = %(id)s FOR UPDATE")
_READ: Final = Statement("SELECT * FROM club_buys WHERE id = %(id)s FOR SHARE")
_SAVE: Final = Statement("UPDATE club_buys SET closed_at = %(closed_at)s WHERE id = %(id)s")
_SHARE: Final = Statement("SELECT * FROM club_buy_shares WHERE buy_id = %(buy_id)s AND user_id = %(reader)s")
# Two clicks at once: the second waits for the first, and finds another watch than it read.
_JOIN: Final = Statement("""
INSERT INTO club_buy_shares AS held (buy_id, user_id, watch_id, joined_at)
VALUES (%(buy_id)s, %(reader)s, %(watch_id)s, %(joined_at)s)
ON CONFLICT (buy_id, user_id) DO UPDATE SET watch_id = excluded.watch_id, joined_at = excluded.joined_at
WHERE held.watch_id = %(instead_of)s::uuid
""")


class PostgresClubBuys:
    """The `ClubBuys` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, buy: ClubBuy) -> None:
        """One row."""
        await self._connection.run(
            _ADD,
            id=buy.id,
            club_id=buy.club_id,
            isbn=buy.isbn.value,
            opened_by=buy.opened_by,
            opened_at=buy.opened_at,
            until=buy.until,
            closed_at=buy.closed_at,
        )

    async def get(self, buy_id: ClubBuyId) -> ClubBuy:
        """Load and lock."""
        return _loaded(await self._connection.one(_GET, id=buy_id))

    async def read(self, buy_id: ClubBuyId) -> ClubBuy:
        """Load, and lock against changes alone."""
        return _loaded(await self._connection.one(_READ, id=buy_id))

    async def save(self, buy: ClubBuy) -> None:
        """Whether it is closed; the lock of `get` keeps others out."""
        await self._connection.run(_SAVE, id=buy.id, closed_at=buy.closed_at)

    async def share(self, buy_id: ClubBuyId, reader: UserId) -> Share | None:
        """By the primary key."""
        row = await self._connection.one(_SHARE, buy_id=buy_id, reader=reader)
        if row is None:
            return None
        return Share(ClubBuyId(row.buy_id), UserId(row.user_id), WatchId(row.watch_id), row.joined_at)

    async def join(self, share: Share, *, instead_of: WatchId | None) -> bool:
        """One row for each reader."""
        kept = await self._connection.run(
            _JOIN,
            buy_id=share.buy_id,
            reader=share.reader,
            watch_id=share.watch_id,
            joined_at=share.joined_at,
            instead_of=instead_of,
        )
        return kept == 1


def club_buy_from(row: Row) -> ClubBuy:
    """The aggregate."""
    return ClubBuy(
        id=ClubBuyId(row.id),
        club_id=ClubId(row.club_id),
        isbn=Isbn(row.isbn),
        opened_by=UserId(row.opened_by),
        opened_at=row.opened_at,
        until=row.until,
        closed_at=row.closed_at,
    )


def _loaded(row: Row | None) -> ClubBuy:
    if row is None:
        raise ClubBuyNotFound
    return club_buy_from(row)
