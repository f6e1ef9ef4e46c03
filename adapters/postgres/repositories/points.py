"""The books of points in PostgreSQL, whose triggers keep balances and refuse what does not add up."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from psycopg.errors import CheckViolation

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from domain.points.account import Account, AccountKind
from domain.points.errors import NotEnoughPoints
from domain.points.ledger import Entry, Movement, Transaction
from domain.shared.ids import UserId, WorkId

# One statement: accounts are opened, the key is taken or was before, and then there is nothing to insert.
# Accounts come sorted, so that two who open the same ones do not wait for each other.
_POST: Final = Statement("""
WITH opened AS (
    INSERT INTO points_accounts (id, kind)
    SELECT * FROM unnest(%(accounts)s::uuid[], %(kinds)s::text[]) ON CONFLICT DO NOTHING
), booked AS (
    INSERT INTO points_transactions (key, movement, reason, at, reverses)
    VALUES (%(key)s, %(movement)s, %(reason)s, %(at)s, %(reverses)s) ON CONFLICT (key) DO NOTHING RETURNING id
)
INSERT INTO points_entries (transaction_id, account_id, amount)
SELECT booked.id, e.* FROM booked, unnest(%(accounts)s::uuid[], %(amounts)s::bigint[]) AS e
""")
_BALANCE: Final = Statement("SELECT balance FROM points_accounts WHERE id = %(id)s FOR NO KEY UPDATE")
_TOUCHING: Final = Statement("""
SELECT t.*, a.id AS account_id, a.kind, e.amount
FROM points_entries mine
JOIN points_transactions t ON t.id = mine.transaction_id AND starts_with(t.key, %(prefix)s)
JOIN points_entries e ON e.transaction_id = t.id
JOIN points_accounts a ON a.id = e.account_id
WHERE mine.account_id = %(id)s ORDER BY t.id, a.kind, a.id
""")
_OVERDRAWN: Final = "points_accounts_balance_check"

_PAID: Final = Statement("""
INSERT INTO points_reading (user_id, work_id) VALUES (%(reader)s, %(work)s)
ON CONFLICT (user_id, work_id) DO UPDATE SET paid = points_reading.paid RETURNING paid
""")
_PAY: Final = Statement("""
UPDATE points_reading SET paid = %(points)s WHERE user_id = %(reader)s AND work_id = %(work)s
""")


class PostgresPoints:
    """The `PointsLedger` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def post(self, transaction: Transaction) -> bool:
        """Balances move in the same statement."""
        entries = sorted(transaction.entries, key=lambda entry: entry.account.id)
        try:
            written = await self._connection.run(
                _POST,
                key=transaction.key,
                movement=transaction.movement.value,
                reason=transaction.reason,
                at=transaction.at,
                reverses=transaction.reverses,
                accounts=[entry.account.id for entry in entries],
                kinds=[entry.account.kind.value for entry in entries],
                amounts=[entry.amount for entry in entries],
            )
        except CheckViolation as refused:
            if refused.diag.constraint_name == _OVERDRAWN:
                raise NotEnoughPoints("There are not enough points for that.") from refused
            raise
        return written > 0

    async def balance(self, account: Account) -> int:
        """Locked; an account that was never opened has nothing."""
        row = await self._connection.one(_BALANCE, id=account.id)
        return row.balance if row else 0

    async def touching(self, account: Account, prefix: str) -> Sequence[Transaction]:
        """Whole transactions, along the account's entries."""
        rows = await self._connection.all(_TOUCHING, id=account.id, prefix=prefix)
        return [_transaction(list(of_one)) for _, of_one in groupby(rows, key=lambda row: row.id)]


class PostgresReadingMarks:
    """The `ReadingMarks` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def paid(self, reader: UserId, work: WorkId) -> int:
        """Makes the row where there is none, and locks it."""
        row = await self._connection.one(_PAID, reader=reader, work=work)
        return row.paid if row else 0

    async def pay(self, reader: UserId, work: WorkId, points: int) -> None:
        """The row is there and locked."""
        await self._connection.run(_PAY, reader=reader, work=work, points=points)


def _transaction(rows: Sequence[Row]) -> Transaction:
    first = rows[0]
    return Transaction(
        key=first.key,
        movement=Movement(first.movement),
        reason=first.reason,
        at=first.at,
        reverses=first.reverses,
        entries=tuple(Entry(Account(AccountKind(row.kind), row.account_id), row.amount) for row in rows),
    )
