"""What every memory of requests must do, in memory and in PostgreSQL; and what only a real race can tell."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.requests import PostgresRequests
from application.shared.unit_of_work import UnitOfWork
from domain.requests.idempotency import Answer, KeyReused, RememberedRequest, RequestKey
from domain.shared.ids import UserId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = NOW + timedelta(seconds=5)
YES, NO = Answer(201, b'{"yes": true}'), Answer(402, b"\x00\xff no")


def new_key(**parts: object) -> RequestKey:
    facts: dict[str, object] = {"user_id": UserId(uuid4()), "route": "POST /v1/checkout", "key": "k" * 255}
    return RequestKey(**(facts | parts))  # type: ignore[arg-type] # a builder's liberty


class Memory:
    """Each step in a transaction of its own."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def remember(self, key: RequestKey, *, subject: UUID | None = None, print_: bytes = b"one") -> bool:
        async with self._unit_of_work() as work:
            return await work.requests.remember(
                key, fingerprint=print_, subject_id=subject or uuid4(), busy_until=LEASE, at=NOW
            )

    async def recall(self, key: RequestKey) -> RememberedRequest | None:
        async with self._unit_of_work() as work:
            return await work.requests.recall(key)

    async def take_over(self, key: RequestKey, at: datetime) -> bool:
        async with self._unit_of_work() as work:
            return await work.requests.take_over(key, busy_until=at + timedelta(seconds=5), at=at)

    async def answer(self, key: RequestKey, answer: Answer) -> Answer:
        async with self._unit_of_work() as work:
            return await work.requests.answer(key, answer)


@pytest.fixture
def memory(unit_of_work: UnitOfWork) -> Memory:
    return Memory(unit_of_work)


async def test_a_request_nobody_sent_is_not_remembered(memory: Memory) -> None:
    assert await memory.recall(new_key()) is None


async def test_a_request_is_remembered_with_what_it_made(memory: Memory) -> None:
    key, subject = new_key(), uuid4()
    assert await memory.remember(key, subject=subject, print_=b"\x00\xff")
    assert await memory.recall(key) == RememberedRequest(b"\x00\xff", subject, LEASE, None)


async def test_a_key_is_taken_once_and_the_first_taker_stays(memory: Memory) -> None:
    key, subject = new_key(), uuid4()
    assert await memory.remember(key, subject=subject)
    assert not await memory.remember(key, print_=b"another")
    known = await memory.recall(key)
    assert known is not None
    assert (known.subject_id, known.fingerprint) == (subject, b"one")


async def test_readers_and_routes_do_not_share_keys(memory: Memory) -> None:
    key = new_key()
    assert await memory.remember(key)
    assert await memory.remember(new_key(user_id=key.user_id, route="POST /v1/refunds"))
    assert await memory.remember(new_key(route=key.route))
    assert await memory.remember(new_key(user_id=key.user_id, key="another"))


async def test_the_same_key_must_mean_the_same(memory: Memory) -> None:
    key = new_key()
    await memory.remember(key, print_=b"one")
    known = await memory.recall(key)
    assert known is not None
    known.require_same(b"one")
    with pytest.raises(KeyReused):
        known.require_same(b"two")


async def test_the_first_answer_stands_byte_for_byte(memory: Memory) -> None:
    key = new_key()
    await memory.remember(key)
    assert await memory.answer(key, NO) == NO
    assert await memory.answer(key, YES) == NO
    known = await memory.recall(key)
    assert known is not None
    assert known.answer == NO


async def test_the_answer_to_a_request_nobody_remembers_is_given_all_the_same(memory: Memory) -> None:
    assert await memory.answer(new_key(), YES) == YES


async def test_a_dead_workers_request_is_taken_over_when_its_lease_is_over_and_not_before(
    memory: Memory,
) -> None:
    key = new_key()
    await memory.remember(key)
    assert not await memory.take_over(key, LEASE - timedelta(microseconds=1))
    assert await memory.take_over(key, LEASE)
    assert not await memory.take_over(key, LEASE + timedelta(seconds=1))
    known = await memory.recall(key)
    assert known is not None
    assert known.busy_until == LEASE + timedelta(seconds=5)


async def test_an_answered_or_unknown_request_is_not_taken_over(memory: Memory) -> None:
    key = new_key()
    await memory.remember(key)
    await memory.answer(key, YES)
    assert not await memory.take_over(key, LEASE + timedelta(days=1))
    assert not await memory.take_over(new_key(), LEASE)


async def test_of_ten_heirs_one_takes_over(database: Database) -> None:
    key = new_key()

    async def in_its_own_transaction(step: str) -> object:
        async with database.transaction() as connection:
            requests = PostgresRequests(connection)
            if step == "remember":
                return await requests.remember(
                    key, fingerprint=b"one", subject_id=uuid4(), busy_until=LEASE, at=NOW
                )
            if step == "take over":
                return await requests.take_over(key, busy_until=LEASE + timedelta(seconds=5), at=LEASE)
            return await requests.answer(key, Answer(200, uuid4().bytes))

    for step in ("remember", "take over"):
        won = await asyncio.gather(*(in_its_own_transaction(step) for _ in range(10)))
        assert sorted(map(bool, won)) == [False] * 9 + [True]
    assert len(set(await asyncio.gather(*(in_its_own_transaction("answer") for _ in range(10))))) == 1


async def test_whoever_asks_for_a_taken_key_waits_and_has_it_if_the_taker_fails(database: Database) -> None:
    key, taken = new_key(), asyncio.Event()

    async def take(then: Callable[[], Awaitable[None]]) -> bool:
        async with database.transaction() as connection:
            won = await PostgresRequests(connection).remember(
                key, fingerprint=b"one", subject_id=uuid4(), busy_until=LEASE, at=NOW
            )
            await then()
            return won

    async def fail() -> None:
        taken.set()
        await asyncio.sleep(0.1)  # the other one is waiting by now
        raise RuntimeError

    async def succeed() -> None:
        await asyncio.sleep(0)

    first = asyncio.create_task(take(fail))
    await taken.wait()
    assert await take(succeed)
    with pytest.raises(RuntimeError):
        await first
