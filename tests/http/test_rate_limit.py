"""Callers who ask too often are turned away, each on their own account."""

import asyncio

import httpx
import pytest

from adapters.redis.client import connect
from adapters.redis.rate_limiter import BURST_SECONDS, SharedRateLimiter
from tests.http.conftest import MakeApp, asking

SIX_A_MINUTE = {"OCTAVO_RATE_LIMIT_PER_MINUTE": "6"}  # one in ten seconds: the burst is one request


async def test_the_next_request_is_429_and_says_when_to_come_back(make_app: MakeApp) -> None:
    async with make_app(**SIX_A_MINUTE) as app, asking(app, "192.0.2.1") as client:
        first = await client.get("/nowhere")
        second = await client.get("/nowhere")
    assert first.status_code == 404
    assert (second.status_code, second.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(second.headers["retry-after"]) <= BURST_SECONDS
    assert second.headers["content-type"] == "application/problem+json"
    assert second.headers["strict-transport-security"]


async def test_others_are_not_affected(make_app: MakeApp) -> None:
    async with make_app(**SIX_A_MINUTE) as app:
        async with asking(app, "192.0.2.2") as loud:
            statuses = [(await loud.get("/nowhere")).status_code for _ in range(5)]
        async with asking(app, "192.0.2.3") as quiet:
            answer = await quiet.get("/nowhere")
    assert statuses == [404, 429, 429, 429, 429]
    assert answer.status_code == 404


async def test_addresses_of_one_ipv6_household_count_as_one(make_app: MakeApp) -> None:
    async with make_app(**SIX_A_MINUTE) as app:
        async with asking(app, "2001:db8::1") as one, asking(app, "2001:db8::2") as other:
            assert (await one.get("/nowhere")).status_code == 404
            assert (await other.get("/nowhere")).status_code == 429
        async with asking(app, "2001:db8:0:1::1") as neighbour:
            assert (await neighbour.get("/nowhere")).status_code == 404


async def test_probes_and_scrapers_are_never_turned_away(make_app: MakeApp) -> None:
    async with make_app(**SIX_A_MINUTE) as app, asking(app, "192.0.2.4") as client:
        for path in ("/health/live", "/metrics", "/docs", "/problems") * 3:
            assert (await client.get(path)).status_code == 200


async def test_forwarded_addresses_are_believed_from_trusted_proxies_only(make_app: MakeApp) -> None:
    async def statuses(client: httpx.AsyncClient) -> list[int]:
        clients = ("198.51.100.1", "198.51.100.2")
        return [
            (await client.get("/nowhere", headers={"X-Forwarded-For": address})).status_code
            for address in clients
        ]

    async with make_app(**SIX_A_MINUTE, OCTAVO_TRUSTED_PROXIES="192.0.2.0/29") as app:
        async with asking(app, "192.0.2.5") as behind_the_proxy:
            assert await statuses(behind_the_proxy) == [404, 404]
        async with asking(app, "192.0.2.99") as pretender:
            assert await statuses(pretender) == [404, 429]


class Hands:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_the_allowance_comes_back_evenly(redis_url: str) -> None:
    clock = Hands()
    limiter = SharedRateLimiter(connect(redis_url), 60, clock)
    assert [limiter.take("a") == 0 for _ in range(11)] == [True] * 10 + [False]
    clock.now += 1
    assert [limiter.take("a") == 0 for _ in range(2)] == [True, False]
    clock.now += 60
    assert [limiter.take("a") == 0 for _ in range(11)] == [True] * 10 + [False]


async def test_two_processes_count_together_once_they_have_settled(redis_url: str) -> None:
    one, other = (SharedRateLimiter(connect(redis_url), 60, Hands()) for _ in range(2))
    for _ in range(10):
        assert one.take("shared") == 0
    assert other.take("shared") == 0
    await one.settle()
    await other.settle()
    assert other.take("shared") > 0


async def test_hammering_delays_the_return_but_not_for_ever(redis_url: str) -> None:
    limiters = [SharedRateLimiter(connect(redis_url), 60, Hands()) for _ in range(10)]
    for limiter in limiters:
        for _ in range(10):
            limiter.take("hammer")
        await limiter.settle()
    assert 0 < limiters[-1].take("hammer") <= 2 * BURST_SECONDS


async def test_a_process_alone_limits_when_valkey_is_lost() -> None:
    limiter = SharedRateLimiter(connect("redis://127.0.0.1:1/0"), 60, Hands())
    async with limiter.sharing():
        for _ in range(10):
            assert limiter.take("a") == 0
        await asyncio.sleep(0.4)  # long enough for one vain attempt to settle
        assert limiter.take("a") > 0


@pytest.mark.parametrize("per_minute", [1, 7, 600_000, 60_000_000])
async def test_the_burst_is_ten_seconds_worth_and_never_less_than_one(
    redis_url: str, per_minute: int
) -> None:
    limiter = SharedRateLimiter(connect(redis_url), per_minute, Hands())
    allowed = max(1, per_minute * BURST_SECONDS // 60)
    taken = sum(limiter.take(f"b{per_minute}") == 0 for _ in range(min(allowed, 200_000) + 1))
    assert taken == min(allowed, 200_001)
