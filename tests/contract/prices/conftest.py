"""Prices remembered by several processes: in memory, in layers over memory, and over the real servers."""

import time
from collections.abc import AsyncIterator, Callable

import pytest

from adapters.postgres.queries.prices import PostgresPrices
from adapters.redis.client import connect
from adapters.redis.prices import TERMS, ValkeyPrices
from application.prices.ports import LastingPrices, SharedPrices
from application.prices.tiers import TieredPriceMemory
from application.shared.breaker import CircuitBreaker
from application.shared.unavailable import CacheUnavailable
from domain.prices.memory import PriceMemory
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory, InMemoryPriceRecords, InMemorySharedPrices

Pair = tuple[PriceMemory, PriceMemory]


class Seconds:
    """A process's clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def shared_through(url: str) -> ValkeyPrices:
    """One process's way to Valkey."""
    breaker = CircuitBreaker(
        "prices", TERMS, failures=(CacheUnavailable,), seconds=time.monotonic, watch=InMemoryMeasurements()
    )
    return ValkeyPrices(connect(url), breaker)


def layered(shared: SharedPrices, lasting: LastingPrices, seconds: Callable[[], float]) -> TieredPriceMemory:
    """One process."""
    return TieredPriceMemory(shared, lasting, InMemoryMeasurements(), seconds, room=2**20)


@pytest.fixture
def seconds() -> Seconds:
    """Of all processes of a test."""
    return Seconds()


@pytest.fixture(params=["memory", "layers", "servers"])
def pair(request: pytest.FixtureRequest, seconds: Seconds) -> Pair:
    """Two processes."""
    if request.param == "memory":
        both = InMemoryPriceMemory()
        return both, both
    if request.param == "layers":
        one, lasting = InMemorySharedPrices(), InMemoryPriceRecords()
        return layered(one, lasting, seconds), layered(one, lasting, seconds)
    written = PostgresPrices(request.getfixturevalue("database"))
    url: str = request.getfixturevalue("redis_url")
    return layered(shared_through(url), written, seconds), layered(shared_through(url), written, seconds)


@pytest.fixture
async def processes(pair: Pair) -> AsyncIterator[Pair]:
    """Two that remember together."""
    async with pair[0].listening(), pair[1].listening():
        yield pair


@pytest.fixture
def forgetful(seconds: Seconds) -> Callable[[], None]:
    """Let what is kept in process be over."""

    def forget() -> None:
        seconds.ahead += 20.0

    return forget
