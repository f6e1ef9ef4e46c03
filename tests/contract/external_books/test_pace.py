"""What every pace must keep: in this process, and in Valkey for all of them."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from adapters.redis.client import connect
from adapters.redis.pace import AFTER_LOSS, ValkeyPace
from adapters.redis.pace_in_process import A_DAY, MOST_KEYS, PaceInProcess
from application.external_books.ports import Pace, PaceTerms

SLOWLY = PaceTerms(a_minute=1, at_once=3)
FAST = PaceTerms(a_minute=60_000_000, at_once=1_000, a_day=2)
NO_VALKEY = "redis://127.0.0.1:1/0"


@pytest.fixture(params=["in process", "Valkey"])
async def pace(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[Pace]:
    if request.param == "in process":
        yield PaceInProcess()
        return
    client = connect(redis_url)
    yield ValkeyPace(client)
    await client.aclose()


@pytest.fixture
def whose() -> str:
    return uuid4().hex


async def test_some_go_at_once_and_the_next_waits_its_turn(pace: Pace, whose: str) -> None:
    waits = [await pace.take(whose, SLOWLY) for _ in range(4)]
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert waits[3] == pytest.approx(60.0, abs=5.0)


async def test_of_many_at_the_same_moment_no_more_go(pace: Pace, whose: str) -> None:
    waits = await asyncio.gather(*(pace.take(whose, SLOWLY) for _ in range(50)))
    assert waits.count(0.0) == SLOWLY.at_once


async def test_everybody_has_a_pace_of_their_own(pace: Pace, whose: str) -> None:
    for _ in range(3):
        await pace.take(whose, SLOWLY)
    assert await pace.take(f"not {whose}", SLOWLY) == 0.0


async def test_a_day_has_so_many_and_no_more(pace: Pace, whose: str) -> None:
    waits = [await pace.take(whose, FAST) for _ in range(3)]
    assert waits[:2] == [0.0, 0.0]
    assert waits[2] == pytest.approx(A_DAY, abs=60.0)


async def test_who_rests_rests_as_long_as_was_asked_last(pace: Pace, whose: str) -> None:
    await pace.take(whose, FAST)
    await pace.rest(whose, 1_000.0)
    await pace.rest(whose, 10.0)
    assert await pace.take(whose, FAST) == pytest.approx(1_000.0, abs=60.0)


async def test_without_valkey_each_process_keeps_its_own(whose: str) -> None:
    seconds = 100.0
    client = connect(NO_VALKEY)
    pace = ValkeyPace(client, lambda: seconds)
    assert [await pace.take(whose, SLOWLY) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert await pace.take(whose, SLOWLY) > 0
    await pace.rest("another", 1_000.0)
    assert await pace.take("another", SLOWLY) > 0
    seconds += AFTER_LOSS
    assert await pace.take(whose, SLOWLY) > 0
    await client.aclose()


async def test_a_pace_in_process_forgets_the_oldest() -> None:
    pace = PaceInProcess(lambda: 0.0)
    for number in range(MOST_KEYS + 1):
        await pace.take(str(number), PaceTerms(a_minute=1, at_once=1))
    assert await pace.take("0", SLOWLY) == 0.0


async def test_a_turn_and_a_day_come_back_with_time() -> None:
    now = 0.0
    pace = PaceInProcess(lambda: now)
    terms = PaceTerms(a_minute=60, at_once=1, a_day=2)
    assert await pace.take("x", terms) == 0.0
    assert await pace.take("x", terms) == 1.0
    now = 1.0
    assert await pace.take("x", terms) == 0.0
    now = 2.0
    assert await pace.take("x", terms) == A_DAY - 2.0
    now = A_DAY
    assert await pace.take("x", terms) == 0.0
