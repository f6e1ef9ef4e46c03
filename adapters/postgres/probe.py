"""Is PostgreSQL there?"""

from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement

_VERSION: Final = Statement("SELECT current_setting('server_version') AS version")


class PostgresProbe:
    """Asks on a connection of the pool, as a request would."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self) -> str:
        """The server's version; raises when it does not answer."""
        row = await self._database.one(_VERSION)
        return f"PostgreSQL {row.version}" if row else "PostgreSQL"
