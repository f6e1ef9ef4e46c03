"""Which books wait at which store, and which were set aside."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final

from adapters.postgres.database import Connection, Database, Row
from adapters.postgres.repositories.refresh_sql import (
    CATCH_UP,
    DEAD_LETTERS,
    FRESH,
    HEADS,
    MOVED,
    PAGE,
    PRICE,
    PRICES,
    PUT,
    REVIVE,
    SAVE_PRICE,
    SEND_AGAIN,
    STANDING,
)
from application.prices.refreshing.ports import NOWHERE, Head, Moved, QueueStanding, Wait
from domain.prices.estimates.change_rate import UNKNOWN, ChangeRate
from domain.prices.estimates.demand import HALF_LIFE, WINDOW, Interest
from domain.prices.estimates.freshness import Tier
from domain.prices.estimates.refresh import BUCKETS
from domain.prices.offer import StoreName
from domain.prices.refreshing import DeadLetter
from domain.prices.store import Missing
from domain.shared.isbn import Isbn

# A transaction that notes demand takes milliseconds: after a minute none is left that nobody has seen.
SETTLED_AFTER: Final = timedelta(minutes=1)
AGO: Final = Tier.L3.value
# Of a process's ten connections: sixty stores that begin together must not keep checkouts waiting.
PLACES: Final = 2


class PostgresRefreshQueue:
    """The `RefreshQueue`, the `DeadLetters` and the `ShadowPrices` port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._places = asyncio.Semaphore(PLACES)

    async def heads(self, store: StoreName, depth: int) -> Sequence[Head]:
        """See the port."""
        async with self._connection() as connection:
            rows = await connection.all(HEADS, store=store, depth=depth, buckets=BUCKETS)
        return [_head(row) for row in rows]

    async def put(self, store: StoreName, waits: Sequence[Wait]) -> None:
        """See the port."""
        if not waits:
            return
        async with self._connection() as connection:
            await connection.run(
                PUT,
                store=store,
                isbns=[wait.isbn.value for wait in waits],
                places=[wait.bucket for wait in waits],
                asked_at=[wait.asked_at for wait in waits],
                failures=[wait.failures for wait in waits],
                whys=[wait.given_up.value if wait.given_up else None for wait in waits],
            )

    async def moved(self, store: StoreName, at: datetime) -> Moved:
        """A transaction that began before ours may write down a demand that is older than what we see, so the
        last minute is looked at again.
        """
        async with self._connection() as connection:
            await connection.run(REVIVE, store=store)
            rows = await connection.all(MOVED, store=store)
        settled = at - SETTLED_AFTER
        until = min(rows[-1].moved_at, settled) if len(rows) >= PAGE else settled
        return Moved([_moved(row, at) for row in rows if row.given_up_at is None], until)

    async def catch_up(self, store: StoreName, until: datetime) -> None:
        """See the port."""
        async with self._connection() as connection:
            await connection.run(CATCH_UP, store=store, until=until)

    async def price(self, store: StoreName) -> float | None:
        """See the port."""
        async with self._connection() as connection:
            row = await connection.one(PRICE, store=store)
        return None if row is None else row.price

    async def save_price(self, store: StoreName, price: float) -> None:
        """See the port."""
        async with self._connection() as connection:
            await connection.run(SAVE_PRICE, store=store, price=price)

    async def prices(self) -> Mapping[StoreName, float]:
        """See the port."""
        return {StoreName(row.store): row.price for row in await self._database.all(PRICES)}

    async def standing(self, store: StoreName, at: datetime) -> QueueStanding:
        """See the port."""
        async with self._connection() as connection:
            count = await connection.one(STANDING, store=store)
            fresh = await connection.one(
                FRESH,
                store=store,
                at=at,
                now=at.timestamp(),
                half_life=HALF_LIFE,
                window=WINDOW,
                changes=UNKNOWN.changes,
                seconds=UNKNOWN.seconds,
            )
        assert count is not None  # noqa: S101 - an aggregate without groups is one row
        assert fresh is not None  # noqa: S101 - as above
        return QueueStanding(count.waiting, count.set_aside, fresh.fresh)

    async def all(self, store: StoreName | None, limit: int) -> Sequence[DeadLetter]:
        """See the port."""
        rows = await self._database.all(DEAD_LETTERS, store=store, limit=limit)
        return [
            DeadLetter(StoreName(row.store), Isbn(row.isbn), row.failures, Missing(row.why), row.given_up_at)
            for row in rows
        ]

    async def send_again(self, store: StoreName, isbn: Isbn | None) -> int:
        """See the port."""
        async with self._connection() as connection:
            return await connection.run(SEND_AGAIN, store=store, isbn=isbn.value if isbn else None, ago=AGO)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        async with self._places, self._database.connection() as connection:
            yield connection


def _moved(row: Row, at: datetime) -> Head:
    if row.bucket is not None:
        return _head(row)
    return _head(row._replace(bucket=NOWHERE, asked_at=at - timedelta(seconds=AGO), failures=0))


def _head(row: Row) -> Head:
    return Head(
        Wait(Isbn(row.isbn), row.bucket, row.asked_at, row.failures),
        row.told_at,
        ChangeRate() if row.told_at is None else ChangeRate(row.changes, row.seconds),
        Interest(1.0, row.once_at),
        row.expected,
        row.kind,
    )
