"""A database that fell and came back is met by one error, not by one for each connection that died."""

import asyncio
from collections.abc import Callable

import psycopg

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from application.shared.unavailable import DatabaseUnavailable

SLOWLY = Statement("SELECT pg_sleep(0.2)")
QUICKLY = Statement("SELECT 1 AS one")
CONNECTIONS = 6


async def test_after_a_fall_one_reader_meets_a_dead_connection(make_database: Callable[[], str]) -> None:
    url = make_database()
    database = Database(url, pool_size=CONNECTIONS)
    await database.open()
    await asyncio.gather(*(database.one(SLOWLY) for _ in range(CONNECTIONS)))
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    failed = 0
    for _ in range(2 * CONNECTIONS):
        try:
            await database.one(QUICKLY)
        except DatabaseUnavailable:
            failed += 1
            await asyncio.sleep(0.05)
    await database.close()
    assert failed <= 1
