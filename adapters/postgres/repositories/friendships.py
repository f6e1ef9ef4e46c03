"""What is between readers, in PostgreSQL. Two readers' changes come one after the other: the pair is locked,
also while there is no row of it yet.
"""

from typing import Final

from psycopg.errors import ForeignKeyViolation

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from domain.friends.errors import ReaderNotFound
from domain.friends.friendship import Bond, Friendship
from domain.friends.pair import Pair
from domain.shared.ids import UserId

# Who asks waits for her own other questions first, then for the pair: always in this order.
_LOCK_ASKER: Final = Statement("SELECT pg_advisory_xact_lock(7016013, hashtext(%(reader)s::text))")
_LOCK_PAIR: Final = Statement(
    "SELECT pg_advisory_xact_lock(7016014, hashtext(concat(%(lesser)s::text, %(greater)s::text)))"
)
_UNANSWERED: Final = Statement("SELECT count(*) AS readers FROM friendships WHERE asked_by = %(reader)s")
_BETWEEN: Final = Statement("SELECT * FROM friendships WHERE lesser = %(lesser)s AND greater = %(greater)s")
_KEEP: Final = Statement("""
INSERT INTO friendships (lesser, greater, bond, asked_by, since, lesser_declined_at, greater_declined_at,
    lesser_blocks_at, greater_blocks_at)
VALUES (%(lesser)s, %(greater)s, %(bond)s, %(asked_by)s, %(since)s, %(lesser_declined_at)s,
    %(greater_declined_at)s, %(lesser_blocks_at)s, %(greater_blocks_at)s)
ON CONFLICT (lesser, greater) DO UPDATE SET bond = excluded.bond, asked_by = excluded.asked_by,
    since = excluded.since, lesser_declined_at = excluded.lesser_declined_at,
    greater_declined_at = excluded.greater_declined_at, lesser_blocks_at = excluded.lesser_blocks_at,
    greater_blocks_at = excluded.greater_blocks_at
""")
_FORGET: Final = Statement("DELETE FROM friendships WHERE lesser = %(lesser)s AND greater = %(greater)s")


class PostgresFriendships:
    """The `Friendships` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def unanswered(self, reader: UserId) -> int:
        """A statement of its own after the lock: it sees what was committed while this one waited."""
        await self._connection.run(_LOCK_ASKER, reader=reader)
        row = await self._connection.one(_UNANSWERED, reader=reader)
        return row.readers if row else 0

    async def between(self, pair: Pair) -> Friendship:
        """Lock, then read."""
        await self._connection.run(_LOCK_PAIR, lesser=pair.lesser, greater=pair.greater)
        row = await self._connection.one(_BETWEEN, lesser=pair.lesser, greater=pair.greater)
        return Friendship(pair=pair) if row is None else friendship_from(pair, row)

    async def save(self, friendship: Friendship) -> None:
        """What is worth no row has none."""
        pair = friendship.pair
        if friendship.is_blank:
            await self._connection.run(_FORGET, lesser=pair.lesser, greater=pair.greater)
            return
        try:
            await self._connection.run(_KEEP, **_row(friendship))
        except ForeignKeyViolation as unknown:
            raise ReaderNotFound from unknown


def _row(friendship: Friendship) -> dict[str, object]:
    pair = friendship.pair
    return {
        "lesser": pair.lesser,
        "greater": pair.greater,
        "bond": friendship.bond.value,
        "asked_by": friendship.asked_by,
        "since": friendship.since,
        "lesser_declined_at": friendship.declined.get(pair.lesser),
        "greater_declined_at": friendship.declined.get(pair.greater),
        "lesser_blocks_at": friendship.blocks.get(pair.lesser),
        "greater_blocks_at": friendship.blocks.get(pair.greater),
    }


def friendship_from(pair: Pair, row: Row) -> Friendship:
    """The aggregate."""
    declined = {pair.lesser: row.lesser_declined_at, pair.greater: row.greater_declined_at}
    blocks = {pair.lesser: row.lesser_blocks_at, pair.greater: row.greater_blocks_at}
    return Friendship(
        pair=pair,
        bond=Bond(row.bond),
        asked_by=UserId(row.asked_by) if row.asked_by else None,
        since=row.since,
        declined={reader: at for reader, at in declined.items() if at is not None},
        blocks={reader: at for reader, at in blocks.items() if at is not None},
    )
