"""Club buys as members see them: plain reads, no locks."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.clubs import door_from
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.repositories.club_buys import club_buy_from
from adapters.postgres.statement import Statement
from application.club_buys.views import ClubBuyRecord
from domain.club_buys.errors import ClubBuyNotFound
from domain.clubs.door import Door
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId

_BUYS: Final = Cursor("club-buys", UUID)

_DOOR: Final = Statement("""
SELECT clubs.visibility, c.standing, c.role
FROM club_buys b JOIN clubs ON clubs.id = b.club_id
LEFT JOIN club_members c ON c.club_id = clubs.id AND c.user_id = %(reader)s
WHERE b.id = %(id)s
""")
_BUY: Final = """
SELECT b.*, s.watch_id,
    (SELECT count(*) FROM club_buy_shares o WHERE o.buy_id = b.id) AS readers,
    (SELECT count(*) FROM club_members m WHERE m.club_id = b.club_id AND m.standing = 'member') AS members
FROM club_buys b LEFT JOIN club_buy_shares s ON s.buy_id = b.id AND s.user_id = %(reader)s
"""
_ONE: Final = Statement(f"{_BUY} WHERE b.id = %(id)s")
_PAGE: Final = Statement(f"""
{_BUY} WHERE b.club_id = %(club_id)s AND b.id < %(before)s ORDER BY b.id DESC LIMIT %(limit)s
""")
_AFTER_ALL: Final = UUID(int=(1 << 128) - 1)


class PostgresClubBuyViews:
    """The `ClubBuyViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def door(self, buy_id: ClubBuyId, reader: UserId) -> Door:
        """By primary keys."""
        row = await self._database.one(_DOOR, id=buy_id, reader=reader)
        if row is None:
            raise ClubBuyNotFound
        return door_from(row)

    async def one(self, buy_id: ClubBuyId, reader: UserId) -> ClubBuyRecord:
        """One statement."""
        row = await self._database.one(_ONE, id=buy_id, reader=reader)
        if row is None:
            raise ClubBuyNotFound
        return _record(row)

    async def listed(
        self, club_id: ClubId, reader: UserId, limit: int, cursor: str | None
    ) -> tuple[Sequence[ClubBuyRecord], str | None]:
        """By the index of the club's buys."""
        [before] = _BUYS.read(cursor) if cursor is not None else [_AFTER_ALL]
        rows = await self._database.all(_PAGE, club_id=club_id, reader=reader, before=before, limit=limit + 1)
        following = _BUYS.write(rows[limit - 1].id) if len(rows) > limit else None
        return [_record(row) for row in rows[:limit]], following


def _record(row: Row) -> ClubBuyRecord:
    own = WatchId(row.watch_id) if row.watch_id else None
    return ClubBuyRecord(club_buy_from(row), row.readers, own, row.members)
