"""When stores were left in peace because they did badly."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.prices.store_outages import Outage
from domain.prices.offer import StoreName

_BEGIN: Final = Statement("""
INSERT INTO store_outages (store, began_at, refused) VALUES (%(store)s, %(at)s, %(refused)s)
ON CONFLICT (store) WHERE ended_at IS NULL DO UPDATE SET refused = store_outages.refused OR excluded.refused
""")
_END: Final = Statement("""
UPDATE store_outages SET ended_at = greatest(%(at)s, began_at) WHERE store = %(store)s AND ended_at IS NULL
""")
_SINCE: Final = Statement("""
SELECT store, began_at, ended_at, refused FROM store_outages
WHERE began_at >= %(at)s OR ended_at IS NULL OR ended_at >= %(at)s ORDER BY store, began_at
""")


class PostgresStoreOutages:
    """The `WrittenOutages` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, store: StoreName, at: datetime, *, refused: bool) -> None:
        """See the port."""
        async with self._database.connection() as connection:
            await connection.run(_BEGIN, store=store, at=at, refused=refused)

    async def end(self, store: StoreName, at: datetime) -> None:
        """See the port."""
        async with self._database.connection() as connection:
            await connection.run(_END, store=store, at=at)

    async def since(self, at: datetime) -> Mapping[StoreName, Sequence[Outage]]:
        """See the port."""
        found: defaultdict[StoreName, list[Outage]] = defaultdict(list)
        for row in await self._database.all(_SINCE, at=at):
            found[StoreName(row.store)].append(Outage(row.began_at, row.ended_at, row.refused))
        return found
