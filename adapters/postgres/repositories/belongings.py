"""What is a reader's own in PostgreSQL. Asked once in an account's life: some of it reads a whole table."""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from adapters.postgres.tables.purchases import OPEN
from domain.shared.ids import ClubId, UserId, WatchId
from domain.users.belongings import Unfinished

_CLUBS: Final = Statement("""
SELECT club_id FROM club_members WHERE user_id = %(reader)s AND standing IN ('member', 'requested')
ORDER BY club_id
""")
_WATCHES: Final = Statement(
    "SELECT id FROM watches WHERE user_id = %(reader)s AND status <> 'ended' ORDER BY id"
)
_UNFINISHED: Final = Statement(f"""
SELECT
    (SELECT count(*) FROM orders o WHERE o.user_id = %(reader)s AND (o.status IN ('pending', 'confirmed')
        OR EXISTS (SELECT FROM refunds r WHERE r.order_id = o.id AND r.status = 'requested'))) AS orders,
    (SELECT count(*) FROM purchases WHERE user_id = %(reader)s AND {OPEN}) AS purchases,
    (SELECT count(*) FROM watches WHERE user_id = %(reader)s AND status <> 'ended') AS watches
""")  # noqa: S608 - constants
# Only those whose rows nobody else's books name. Locks on rows alone: who holds a pair never waits for them.
_LET_GO: Final = [
    Statement(f"DELETE FROM {table} WHERE %(reader)s IN ({owners})")  # noqa: S608 - constants
    for table, owners in (
        ("friendships", "lesser, greater"),
        ("calling_cards", "user_id"),
        ("calendars", "user_id"),
    )
]


class PostgresBelongings:
    """The `Belongings` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def clubs(self, reader: UserId) -> Sequence[ClubId]:
        """By their ids."""
        return [ClubId(row.club_id) for row in await self._connection.all(_CLUBS, reader=reader)]

    async def watches(self, reader: UserId) -> Sequence[WatchId]:
        """By their ids, along the reader's index."""
        return [WatchId(row.id) for row in await self._connection.all(_WATCHES, reader=reader)]

    async def unfinished(self, reader: UserId) -> Unfinished:
        """Along the readers' indexes. A watch that buys may not have its purchase yet."""
        row = await self._connection.one(_UNFINISHED, reader=reader)
        return Unfinished(row.orders, max(row.purchases, row.watches)) if row else Unfinished(0, 0)

    async def let_go(self, reader: UserId) -> None:
        """Their rows go."""
        for statement in _LET_GO:
            await self._connection.run(statement, reader=reader)
