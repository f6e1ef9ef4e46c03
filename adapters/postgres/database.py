"""Connections to PostgreSQL: one pool a process, prepared statements, one transaction at a time."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection, InterfaceError, OperationalError
from psycopg.rows import namedtuple_row
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool

from adapters.postgres.statement import Statement
from application.shared.unavailable import DatabaseUnavailable

Row = Any  # a named tuple with the statement's columns: its type lives in the SQL
PREPARE_AT_ONCE: Final = 0  # every statement here is built once and run often
POOL_SIZE: Final = 10  # keeps two cores busy while some wait for a commit; many processes fit in 100
WAIT_FOR_CONNECTION: Final = 2.0  # seconds: what a reader is asked to wait before "come back shortly"

LOST: Final = (OperationalError, InterfaceError)  # down, restarting, full, or no connection free in time

set_json_dumps(msgspec.json.encode)
set_json_loads(msgspec.json.decode)


class Connection:
    """One open transaction (or a single statement); thin enough to vanish in a profile."""

    __slots__ = ("raw",)

    def __init__(self, raw: AsyncConnection[Row]) -> None:
        self.raw = raw

    async def run(self, statement: Statement, /, **values: object) -> int:
        """Run it; return how many rows it touched."""
        return (await self.raw.execute(statement.text, statement.bind(values))).rowcount

    async def run_many(self, statement: Statement, rows: Sequence[Mapping[str, object]]) -> None:
        """Run it once for each row, in one round trip."""
        async with self.raw.cursor() as cursor:
            await cursor.executemany(statement.text, [statement.bind(row) for row in rows])

    async def one(self, statement: Statement, /, **values: object) -> Row | None:
        """The first row, or None."""
        return await (await self.raw.execute(statement.text, statement.bind(values))).fetchone()

    async def all(self, statement: Statement, /, **values: object) -> list[Row]:
        """Every row."""
        return await (await self.raw.execute(statement.text, statement.bind(values))).fetchall()


def _unavailable() -> DatabaseUnavailable:
    return DatabaseUnavailable(
        "The database does not answer; try again shortly, with the same Idempotency-Key."
    )


class Database:
    """The pool. Open it where the process starts, close it where it ends."""

    def __init__(self, url: str, *, pool_size: int = POOL_SIZE) -> None:
        self._pool: AsyncConnectionPool[AsyncConnection[Row]] = AsyncConnectionPool(
            url,
            min_size=min(2, pool_size),
            max_size=pool_size,
            timeout=WAIT_FOR_CONNECTION,
            open=False,
            kwargs={
                "autocommit": True,  # single reads need no BEGIN; writes open a transaction explicitly
                "row_factory": namedtuple_row,
                "prepare_threshold": PREPARE_AT_ONCE,
            },
        )
        self._doubts: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Start filling the pool; does not wait, so that a process can start before its database."""
        await self._pool.open()

    async def close(self) -> None:
        """Give every connection back."""
        if self._doubts is not None:
            self._doubts.cancel()
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection without a transaction: each statement stands alone."""
        try:
            async with self._pool.connection() as raw:
                yield Connection(raw)
        except LOST as lost:
            raise self._doubted() from lost

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All of it or nothing: commits when the block ends, rolls back when it raises."""
        try:
            async with self._pool.connection() as raw, raw.transaction():
                yield Connection(raw)
        except LOST as lost:
            raise self._doubted() from lost

    def _doubted(self) -> DatabaseUnavailable:
        """When one connection is dead the others mostly are: they are tried before a reader meets them."""
        if not self._pool.closed and (self._doubts is None or self._doubts.done()):
            self._doubts = asyncio.create_task(self._pool.check())
        return _unavailable()

    async def one(self, statement: Statement, /, **values: object) -> Row | None:
        """The first row of a single statement, or None."""
        async with self.connection() as connection:
            return await connection.one(statement, **values)

    async def all(self, statement: Statement, /, **values: object) -> list[Row]:
        """Every row of a single statement."""
        async with self.connection() as connection:
            return await connection.all(statement, **values)
