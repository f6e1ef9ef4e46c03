"""The daily reckoning of purchases, as it was found."""

from collections.abc import Sequence
from typing import Final

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.purchases.reconcile import Finding, Reconciliation

_KEEP: Final = Statement("""
INSERT INTO purchase_reconciliations (day, at, purchases, asked, findings)
VALUES (%(day)s, %(at)s, %(purchases)s, %(asked)s, %(findings)s)
ON CONFLICT (day) DO UPDATE
SET at = excluded.at, purchases = excluded.purchases, asked = excluded.asked, findings = excluded.findings
""")
_LATEST: Final = Statement("""
SELECT day, at, purchases, asked, findings FROM purchase_reconciliations ORDER BY day DESC LIMIT %(limit)s
""")


class PostgresReconciliations:
    """The `Reconciliations` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, reconciliation: Reconciliation) -> None:
        """One row a day."""
        async with self._database.connection() as connection:
            await connection.run(
                _KEEP,
                day=reconciliation.day,
                at=reconciliation.at,
                purchases=reconciliation.purchases,
                asked=reconciliation.asked,
                findings=Jsonb(msgspec.to_builtins(list(reconciliation.findings))),
            )

    async def latest(self, limit: int) -> Sequence[Reconciliation]:
        """The newest first."""
        return [
            Reconciliation(
                day=row.day,
                at=row.at,
                purchases=row.purchases,
                asked=row.asked,
                findings=msgspec.convert(row.findings, list[Finding]),
            )
            for row in await self._database.all(_LATEST, limit=limit)
        ]
