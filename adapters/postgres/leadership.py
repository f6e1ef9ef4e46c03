"""One relay, one indexer and so on at a time: an advisory lock each, on a connection of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement

RELAY: Final = 7_016_002  # any constants: the locks' names
INDEXER: Final = 7_016_004
EMBEDDER: Final = 7_016_006
INDEX_AUDITOR: Final = 7_016_007
RECONCILER: Final = 7_016_008
REFRESHER: Final = 7_016_010
REMINDER: Final = 7_016_013
_TRY: Final = Statement("SELECT pg_try_advisory_lock(%(name)s) AS leading")
_LEAVE: Final = Statement("SELECT pg_advisory_unlock(%(name)s)")


class Leadership:
    """PostgreSQL frees the lock when its holder's connection goes, however that happens."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def bid(self, name: int) -> AsyncIterator[bool]:
        """True inside the block: nobody else leads."""
        async with self._database.connection() as connection:
            row = await connection.one(_TRY, name=name)
            leading = bool(row and row.leading)
            try:
                yield leading
            finally:
                if leading:
                    await connection.run(_LEAVE, name=name)
