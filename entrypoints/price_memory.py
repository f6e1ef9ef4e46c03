"""Where prices are remembered."""

import random
import time

from redis.asyncio import Redis

from adapters.postgres.queries.prices import PostgresPrices
from adapters.redis.prices import TERMS, ValkeyPrices
from application.prices.tiers import TieredPriceMemory
from application.shared.breaker import CircuitBreaker
from application.shared.measurements import Measurements
from application.shared.unavailable import CacheUnavailable


def price_memory(
    redis: Redis, written: PostgresPrices, measurements: Measurements, room: int
) -> TieredPriceMemory:
    """In this process, in Valkey behind a breaker of this process, and in the database."""
    breaker = CircuitBreaker(
        "prices", TERMS, failures=(CacheUnavailable,), seconds=time.monotonic, watch=measurements
    )
    shared = ValkeyPrices(redis, breaker)
    return TieredPriceMemory(shared, written, measurements, time.monotonic, room=room)


def chance() -> float:
    """Evenly from 0, which is never drawn, to 1."""
    return 1.0 - random.random()
