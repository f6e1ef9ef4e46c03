"""Points as their reader and the auditor see them: plain reads, no locks."""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.points.views import PointsLine
from domain.points.ledger import Movement
from domain.shared.ids import UserId

_BALANCE: Final = Statement("SELECT balance FROM points_accounts WHERE id = %(reader)s")
_LINES: Final = Statement("""
SELECT t.id AS number, t.at, e.amount, t.movement, t.reason, t.key, t.reverses
FROM points_entries e JOIN points_transactions t ON t.id = e.transaction_id
WHERE e.account_id = %(reader)s AND e.transaction_id < %(before)s
ORDER BY e.transaction_id DESC LIMIT %(limit)s
""")
_AFTER_ALL: Final = (1 << 63) - 1

TOTALS: Final = Statement("""
SELECT coalesce(-sum(balance) FILTER (WHERE kind = 'mint'), 0)::bigint AS minted,
       coalesce(sum(balance) FILTER (WHERE kind = 'burn'), 0)::bigint AS burned,
       coalesce(sum(balance) FILTER (WHERE kind IN ('reader', 'market')), 0)::bigint AS held,
       coalesce((SELECT array_agg(key ORDER BY key) FROM (
           SELECT t.key FROM points_transactions t LEFT JOIN points_entries e ON e.transaction_id = t.id
           GROUP BY t.key HAVING coalesce(sum(e.amount), 0) <> 0 OR count(e.amount) < 2
       ) AS astray), '{}') AS unbalanced
FROM points_accounts
""")
ACCOUNTS: Final = Statement("""
SELECT a.id AS account_id, a.kind, a.balance,
       coalesce((SELECT sum(amount) FROM points_entries WHERE account_id = a.id), 0)::bigint AS booked
FROM points_accounts a WHERE a.id > %(after)s ORDER BY a.id LIMIT %(limit)s
""")


class PostgresPointsViews:
    """The `PointsViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def balance(self, reader: UserId) -> int:
        """By primary key."""
        row = await self._database.one(_BALANCE, reader=reader)
        return row.balance if row else 0

    async def lines(self, reader: UserId, *, before: int | None, limit: int) -> Sequence[PointsLine]:
        """Along the index of the account's entries."""
        rows = await self._database.all(
            _LINES, reader=reader, before=_AFTER_ALL if before is None else before, limit=limit
        )
        return [PointsLine(**{**row._asdict(), "movement": Movement(row.movement)}) for row in rows]
