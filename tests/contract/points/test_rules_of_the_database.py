"""What PostgreSQL refuses, whatever code asks for it."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest

from adapters.postgres.database import Connection, Database
from adapters.postgres.statement import Statement

TRANSACTION = Statement("""
INSERT INTO points_transactions (key, movement, reason, at)
VALUES (%(key)s, 'grant', 'why', now()) RETURNING id
""")
OPEN = Statement("INSERT INTO points_accounts (id, kind) VALUES (%(id)s, 'reader')")
MINT = Statement("INSERT INTO points_accounts (id, kind) VALUES (%(id)s, 'mint')")
ENTRY = Statement("INSERT INTO points_entries VALUES (%(transaction)s, %(account)s, %(amount)s)")
BALANCE = Statement("SELECT balance FROM points_accounts WHERE id = %(id)s")
AT_ONCE = Statement("SET CONSTRAINTS ALL IMMEDIATE")
NOTHING_ASTRAY = Statement("""
SELECT count(*) AS astray
FROM (SELECT sum(amount) AS s FROM points_entries GROUP BY transaction_id) t WHERE s <> 0
""")


@pytest.fixture
async def two(database: Database) -> AsyncIterator[tuple[object, object]]:
    accounts = (uuid4(), uuid4())
    async with database.transaction() as connection:
        for account in accounts:
            await connection.run(OPEN, id=account)
    yield accounts
    row = await database.one(NOTHING_ASTRAY)
    assert row is not None
    assert row.astray == 0


async def begin(connection: Connection) -> int:
    row = await connection.one(TRANSACTION, key=str(uuid4()))
    assert row is not None
    return int(row.id)


async def test_what_does_not_add_up_is_refused_at_the_commit(
    database: Database, two: tuple[object, object]
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="add up to zero"):
        async with database.transaction() as connection:
            await connection.run(ENTRY, transaction=await begin(connection), account=two[0], amount=5)


async def test_nothing_is_added_to_a_transaction_later(
    database: Database, two: tuple[object, object]
) -> None:
    async with database.transaction() as connection:
        old = await begin(connection)
    with pytest.raises(psycopg.errors.CheckViolation, match="add up to zero"):
        async with database.transaction() as connection:
            await connection.run(ENTRY, transaction=old, account=two[0], amount=5)


async def test_checking_early_does_not_let_more_in_afterwards(
    database: Database, two: tuple[object, object]
) -> None:
    more = Statement("""
        INSERT INTO points_entries VALUES (%(t)s, %(a)s, 5), (%(t)s, %(b)s, -5)
    """)

    async def slip_in() -> None:
        async with database.transaction() as connection:
            await connection.run(AT_ONCE)
            transaction, third = await begin(connection), uuid4()
            await connection.run(MINT, id=third)
            await connection.run(more, t=transaction, a=two[1], b=third)
            await connection.run(ENTRY, transaction=transaction, account=two[0], amount=5)

    with pytest.raises(psycopg.errors.CheckViolation, match="add up to zero"):
        await slip_in()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE points_entries SET amount = amount + 1",
        "DELETE FROM points_entries",
        "UPDATE points_transactions SET reason = 'another'",
        "DELETE FROM points_transactions",
        "TRUNCATE points_entries",
    ],
)
async def test_what_is_written_stands(database: Database, change: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
        async with database.transaction() as connection:
            await connection.run(Statement(change))


async def test_a_balance_that_would_fall_below_zero_is_refused_under_its_lock(database: Database) -> None:
    """Ten at once spend five of twenty: four of them do."""
    rich, poor = uuid4(), uuid4()
    reversal = Statement("""
        INSERT INTO points_transactions (key, movement, reason, at, reverses)
        VALUES (%(key)s, 'reversal', 'why', now(), %(of)s) RETURNING id
    """)
    both = Statement(
        "INSERT INTO points_entries VALUES (%(t)s, %(a)s, %(n)s), (%(t)s, %(b)s, - %(n)s::bigint)"
    )
    async with database.transaction() as connection:
        for account in (rich, poor):
            await connection.run(OPEN, id=account)
        await begin(connection)
        key = str(uuid4())
        row = await connection.one(TRANSACTION, key=key)
        assert row is not None
        given = await connection.one(reversal, key=f"{key}:reversed", of=key)
        assert given is not None
        await connection.run(both, t=given.id, a=rich, b=poor, n=20)

    async def spend() -> bool:
        try:
            async with database.transaction() as connection:
                await connection.run(both, t=await begin(connection), a=poor, b=rich, n=5)
        except psycopg.errors.CheckViolation:
            return False
        return True

    assert sum(await asyncio.gather(*(spend() for _ in range(10)))) == 4
    row = await database.one(BALANCE, id=rich)
    assert row is not None
    assert row.balance == 0
