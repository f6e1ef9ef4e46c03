"""What stores did is counted by the day, for all processes together."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

import pytest

from adapters.redis.client import connect
from adapters.redis.line import Line
from adapters.redis.store_records import KEPT_FOR, SCRIPTS, ValkeyStoreRecords
from application.prices.store_records import StoreDay, StoreRecords
from domain.prices.offer import StoreName

TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2)
NO_VALKEY = "redis://127.0.0.1:1/0"


@pytest.fixture
async def records(redis_url: str) -> AsyncIterator[StoreRecords]:
    client = connect(redis_url)
    line = Line(client, 1.0, SCRIPTS)
    yield ValkeyStoreRecords(line)
    line.close()
    await client.aclose()


async def test_outcomes_and_times_are_counted_by_the_day(records: StoreRecords, redis_url: str) -> None:
    store = StoreName(uuid4().hex)
    for outcome, seconds in (("answered", 0.05), ("answered", 0.4), ("slow", 60.0), ("busy", None)):
        await records.note(store, outcome, seconds, TODAY)
    day = await records.of(store, TODAY)
    assert day == StoreDay({"answered": 2, "slow": 1, "busy": 1}, {0.1: 1, 0.5: 1, float("inf"): 1})
    assert await records.of(store, TOMORROW) == StoreDay()
    client = connect(redis_url)
    assert KEPT_FOR - 60 < await client.ttl(f"store-record:{store}:2026-03-01") <= KEPT_FOR
    await client.aclose()


async def test_without_valkey_nothing_is_counted_and_nobody_is_troubled() -> None:
    client = connect(NO_VALKEY)
    records = ValkeyStoreRecords(Line(client, 0.05, SCRIPTS))
    await records.note(StoreName("s"), "answered", 0.1, TODAY)
    assert await records.of(StoreName("s"), TODAY) == StoreDay()
    await client.aclose()
