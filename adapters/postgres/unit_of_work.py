"""The unit of work on PostgreSQL: repositories over one open transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.postgres.database import Connection, Database
from domain.shared.personal_data import PersonalDataVault


class PostgresWork:
    """The repositories of one transaction, made when first asked for."""

    def __init__(self, connection: Connection, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._vault = vault


class PostgresUnitOfWork:
    """Opens transactions. Conflicts surface as the domain's own errors (`StaleVersion`, `OutOfStock`)."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[PostgresWork]:
        """Begin; commit at the end of the block, roll back if it raises."""
        async with self._database.transaction() as connection:
            yield PostgresWork(connection, self._vault)
