"""Somebody who adds up the books of points, again and again, while points move."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg

LOOK_EVERY = 0.01  # seconds
# One statement is one snapshot: what is seen by whoever looks between any two commits.
ASTRAY = """
SELECT (SELECT coalesce(sum(balance), 0) FROM points_accounts),
       (SELECT count(*) FROM (SELECT FROM points_entries GROUP BY transaction_id HAVING sum(amount) <> 0) t),
       (SELECT count(*) FROM points_accounts LEFT JOIN
               (SELECT account_id AS id, sum(amount) AS booked FROM points_entries GROUP BY 1) e USING (id)
        WHERE balance <> coalesce(booked, 0))
"""


@dataclass
class Onlooker:
    """How often there was a look, and what was wrong then."""

    database_url: str
    looks: int = 0
    astray: list[str] = field(default_factory=list)

    async def look(self) -> None:
        """Until it is cancelled; while the database is away there is nothing to see."""
        while True:
            try:
                opening = psycopg.AsyncConnection.connect(self.database_url, autocommit=True)
                async with await opening as connection:
                    await self._stare(connection)
            except psycopg.OperationalError:
                await asyncio.sleep(LOOK_EVERY)

    async def _stare(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            found = await (await connection.execute(ASTRAY)).fetchone()
            self.looks += 1
            if found != (0, 0, 0):
                self.astray.append(f"the sum, and transactions and accounts that do not add up: {found}")
            await asyncio.sleep(LOOK_EVERY)


@asynccontextmanager
async def looking_on(database_url: str) -> AsyncIterator[Onlooker]:
    """As long as the block runs."""
    onlooker = Onlooker(database_url)
    looking = asyncio.create_task(onlooker.look())
    try:
        yield onlooker
    finally:
        looking.cancel()
