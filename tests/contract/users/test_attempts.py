"""What every counter of attempts must do: in this process, and in Valkey for all of them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.redis.attempts_in_process import MOST_KEYS, AttemptsInProcess
from adapters.redis.client import connect
from adapters.redis.login_throttle import AFTER_LOSS, ValkeyAttempts
from application.shared.unavailable import CacheUnavailable
from domain.users.attempts import FORGOTTEN_AFTER, AttemptCounters, Ladder

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LADDER = Ladder(free=3, first=timedelta(seconds=10), longest=timedelta(seconds=60))
NONE = timedelta(0)
NO_VALKEY = "redis://127.0.0.1:1/0"


@pytest.fixture(params=["in process", "Valkey"])
async def counters(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[AttemptCounters]:
    if request.param == "in process":
        yield AttemptsInProcess()
        return
    client = connect(redis_url)
    yield ValkeyAttempts(client)
    await client.aclose()


async def test_the_first_attempts_are_free_and_each_further_one_waits_twice_as_long(
    counters: AttemptCounters,
) -> None:
    key, now = uuid4().hex, NOW
    for expected in (0, 0, 10, 20, 40, 60, 60):
        assert await counters.spend(key, LADDER, now) == NONE
        wait = timedelta(seconds=expected)
        if wait:
            assert await counters.spend(key, LADDER, now) == wait
            assert await counters.spend(key, LADDER, now + wait / 2) == wait / 2
        now += wait


async def test_however_many_try_at_once_only_the_free_ones_pass(counters: AttemptCounters) -> None:
    key = uuid4().hex
    waits = await asyncio.gather(*(counters.spend(key, LADDER, NOW) for _ in range(100)))
    assert waits.count(NONE) == LADDER.free


async def test_clocks_that_differ_a_little_turn_nobody_away(counters: AttemptCounters) -> None:
    key = uuid4().hex
    assert await counters.spend(key, LADDER, NOW) == NONE
    assert await counters.spend(key, LADDER, NOW - timedelta(milliseconds=3)) == NONE


async def test_what_was_refused_is_not_counted(counters: AttemptCounters) -> None:
    key = uuid4().hex
    for _ in range(50):
        await counters.spend(key, LADDER, NOW)
    assert await counters.spend(key, LADDER, NOW + timedelta(seconds=10)) == NONE
    assert await counters.spend(key, LADDER, NOW + timedelta(seconds=10)) == timedelta(seconds=20)


async def test_a_refunded_attempt_is_as_if_it_had_not_been_made(counters: AttemptCounters) -> None:
    key = uuid4().hex
    for _ in range(20):
        assert await counters.spend(key, LADDER, NOW) == NONE
        await counters.refund(key, LADDER)
    for _ in range(LADDER.free):
        assert await counters.spend(key, LADDER, NOW) == NONE
    await counters.refund(key, LADDER)
    assert await counters.spend(key, LADDER, NOW) == NONE
    assert await counters.spend(key, LADDER, NOW) > NONE


async def test_a_refund_frees_nobody_who_is_far_up_the_ladder(counters: AttemptCounters) -> None:
    key, now = uuid4().hex, NOW
    for wait in (0, 0, 10, 20, 40):
        await counters.spend(key, LADDER, now)
        now += timedelta(seconds=wait)
    await counters.spend(key, LADDER, now)
    await counters.refund(key, LADDER)
    assert await counters.spend(key, LADDER, now) == timedelta(seconds=60)


async def test_a_refund_without_an_attempt_gives_no_credit(counters: AttemptCounters) -> None:
    key = uuid4().hex
    await counters.refund(key, LADDER)
    waits = [await counters.spend(key, LADDER, NOW) for _ in range(5)]
    assert waits.count(NONE) == LADDER.free


async def test_cleared_is_forgotten_and_others_are_not_touched(counters: AttemptCounters) -> None:
    key, other = uuid4().hex, uuid4().hex
    for _ in range(LADDER.free):
        await counters.spend(key, LADDER, NOW)
        await counters.spend(other, LADDER, NOW)
    await counters.clear(key)
    assert await counters.spend(key, LADDER, NOW) == NONE
    assert await counters.spend(other, LADDER, NOW) > NONE


async def test_all_processes_count_together_in_valkey_and_it_forgets_by_itself(redis_url: str) -> None:
    client, key = connect(redis_url), uuid4().hex
    one, other = ValkeyAttempts(client), ValkeyAttempts(client)
    for process in (one, other, one):
        assert await process.spend(key, LADDER, NOW) == NONE
    assert await other.spend(key, LADDER, NOW) > NONE
    kept = await client.pttl(f"attempts:{key}")
    assert NONE < timedelta(milliseconds=kept) <= FORGOTTEN_AFTER
    await client.aclose()


async def test_after_an_hour_without_attempts_a_process_forgets() -> None:
    counters = AttemptsInProcess()
    for _ in range(4):
        await counters.spend("key", LADDER, NOW)
    later = NOW + FORGOTTEN_AFTER
    assert [await counters.spend("key", LADDER, later) for _ in range(3)] == [NONE] * 3


async def test_a_process_remembers_a_bounded_number_of_keys() -> None:
    counters = AttemptsInProcess()
    for n in range(MOST_KEYS + 1):
        await counters.spend(str(n), LADDER, NOW)
    assert len(counters._counts) == MOST_KEYS


async def test_without_valkey_each_process_goes_on_counting_for_itself() -> None:
    client, key = connect(NO_VALKEY), uuid4().hex
    counters = ValkeyAttempts(client)
    waits = [await counters.spend(key, LADDER, NOW) for _ in range(5)]
    assert waits.count(NONE) == LADDER.free
    await counters.refund(key, LADDER)
    assert await counters.spend(key, LADDER, NOW) == NONE
    await counters.clear(key)
    assert await counters.spend(key, LADDER, NOW) == NONE
    await client.aclose()


async def test_a_lost_valkey_is_asked_again_after_a_while_and_not_before(redis_url: str) -> None:
    class Elsewhere(Redis):
        lost = False

        async def execute_command(self, *args: object, **options: object) -> object:
            if self.lost:
                raise CacheUnavailable("lost")
            return await super().execute_command(*args, **options)

    client, key, seconds = Elsewhere.from_url(redis_url), uuid4().hex, 0.0
    counters = ValkeyAttempts(client, lambda: seconds)
    for _ in range(LADDER.free):
        await counters.spend(key, LADDER, NOW)
    client.lost = True
    assert await counters.spend(key, LADDER, NOW) == NONE  # this process has counted nothing yet
    client.lost, seconds = False, AFTER_LOSS - 1
    assert await counters.spend(key, LADDER, NOW) == NONE
    seconds = AFTER_LOSS
    assert await counters.spend(key, LADDER, NOW) == LADDER.first
    await client.aclose()
