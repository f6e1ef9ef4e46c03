"""What every outbox must do, in memory and in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Connection, Database
from adapters.postgres.outbox import PostgresOutbox, write_events
from application.outbox.ports import Outbox
from domain.orders.events import OrderConfirmed, OrderCreated, OrderEnded
from domain.shared.events import DomainEvent
from domain.shared.ids import UserId
from domain.shared.money import Money
from tests.fakes.outbox import InMemoryOutbox

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = UserId(UUID(int=7))


@dataclass
class Post:
    """An outbox of its own, empty at first, and the way in."""

    outbox: Outbox
    write: Callable[..., Awaitable[None]]


@pytest.fixture
async def database(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    """Of this test alone: an outbox is one for the whole shop."""
    database = Database(make_shop_database())
    await database.open()
    yield database
    await database.close()


@pytest.fixture(params=["memory", "postgres"])
def post(request: pytest.FixtureRequest) -> Post:
    if request.param == "memory":
        kept = InMemoryOutbox()

        async def write_down(*events: DomainEvent) -> None:
            kept.write(*events)

        return Post(kept, write_down)
    database: Database = request.getfixturevalue("database")

    async def write(*events: DomainEvent) -> None:
        async with database.transaction() as connection:
            await write_events(connection, events)

    return Post(PostgresOutbox(database), write)


def ended(order: UUID | None = None, minutes: int = 0, reason: str = "No.") -> OrderEnded:
    at = NOW + timedelta(minutes=minutes)
    return OrderEnded(aggregate_id=order or uuid4(), occurred_at=at, status="declined", reason=reason)


async def test_an_event_carries_its_facts_and_nothing_else(post: Post) -> None:
    order = uuid4()
    await post.write(
        OrderCreated(aggregate_id=order, occurred_at=NOW, user_id=READER, total=Money(1299, "USD")),
        OrderConfirmed(aggregate_id=order, occurred_at=NOW, user_id=READER, books={str(READER): 2}),
    )
    created, confirmed = await post.outbox.waiting(10)
    assert (created.name, created.aggregate_id, created.occurred_at) == ("order_created", order, NOW)
    assert created.payload == {"user_id": str(READER), "total": {"amount": 1299, "currency": "USD"}}
    assert confirmed.payload == {"user_id": str(READER), "books": {str(READER): 2}}


async def test_events_wait_in_the_order_they_happened_until_they_are_published(post: Post) -> None:
    order = uuid4()
    for turn in range(3):
        await post.write(ended(order, reason=str(turn)), ended())
    waiting = await post.outbox.waiting(10)
    assert [e.payload["reason"] for e in waiting if e.aggregate_id == order] == ["0", "1", "2"]
    assert [e.id for e in waiting] == sorted(e.id for e in waiting)
    await post.outbox.published([waiting[0].id, waiting[3].id], NOW)
    assert [e.id for e in await post.outbox.waiting(10)] == [waiting[i].id for i in (1, 2, 4, 5)]
    await post.outbox.published([waiting[0].id], NOW)


async def test_no_more_are_shown_than_were_asked_for_the_oldest_first(post: Post) -> None:
    await post.write(*(ended(reason=str(turn)) for turn in range(5)))
    assert [e.payload["reason"] for e in await post.outbox.waiting(2)] == ["0", "1"]


async def test_the_backlog_says_how_many_wait_and_since_when(post: Post) -> None:
    assert await post.outbox.backlog() == (0, None)
    await post.write(ended(minutes=5), ended(minutes=3), ended(minutes=9))
    assert await post.outbox.backlog() == (3, NOW + timedelta(minutes=3))
    await post.outbox.published([e.id for e in await post.outbox.waiting(2)], NOW)
    assert await post.outbox.backlog() == (1, NOW + timedelta(minutes=9))


async def test_only_what_was_published_long_ago_is_forgotten(post: Post) -> None:
    await post.write(ended(minutes=-60 * 24 * 365), ended(), ended())
    waiting = await post.outbox.waiting(10)
    await post.outbox.published([waiting[1].id], NOW - timedelta(days=8))
    await post.outbox.published([waiting[2].id], NOW - timedelta(days=6))
    assert await post.outbox.forget(NOW - timedelta(days=7)) == 1
    assert await post.outbox.forget(NOW - timedelta(days=7)) == 0
    assert [e.id for e in await post.outbox.waiting(10)] == [waiting[0].id]


async def test_nothing_waits_before_its_transaction_commits(database: Database) -> None:
    outbox = PostgresOutbox(database)

    async def write_and_fail(connection: Connection) -> None:
        await write_events(connection, [ended()])
        assert await outbox.waiting(10) == []
        raise RuntimeError

    with pytest.raises(RuntimeError):
        async with database.transaction() as connection:
            await write_and_fail(connection)
    assert await outbox.waiting(10) == []


async def test_an_event_that_commits_late_is_not_passed_over(database: Database) -> None:
    """Ids are given out before transactions commit: a lower id may become visible after a higher one."""
    outbox, begun, go_on = PostgresOutbox(database), asyncio.Event(), asyncio.Event()

    async def dawdle() -> None:
        async with database.transaction() as connection:
            await write_events(connection, [ended(reason="late")])
            begun.set()
            await go_on.wait()

    late = asyncio.create_task(dawdle())
    await begun.wait()
    async with database.transaction() as connection:
        await write_events(connection, [ended(reason="early")])
    [early] = await outbox.waiting(10)
    await outbox.published([early.id], NOW)
    go_on.set()
    await late
    assert [e.payload["reason"] for e in await outbox.waiting(10)] == ["late"]
