"""Where the API's processes share their answers."""

import time

from redis.asyncio import Redis

from adapters.redis.answers import TERMS, ValkeyAnswers
from application.shared.answers import SharedAnswers
from application.shared.breaker import CircuitBreaker
from application.shared.measurements import Measurements
from application.shared.unavailable import CacheUnavailable
from entrypoints.product import product_version


def answer_store(redis: Redis, measurements: Measurements) -> SharedAnswers:
    """Valkey, behind a breaker of this process."""
    breaker = CircuitBreaker(
        "answers", TERMS, failures=(CacheUnavailable,), seconds=time.monotonic, watch=measurements
    )
    return ValkeyAnswers(redis, product_version(), breaker)
