"""How Valkey feels."""

import asyncio
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from application.shared.unavailable import CacheUnavailable

ANSWERS_WITHIN: Final = 1.0  # seconds; who is asked how long it takes must have the time to tell


class ValkeyPing:
    """Asks on a connection of the pool, as a request would."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def __call__(self) -> None:
        """Returns when it has answered. Raises `CacheUnavailable`."""
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._redis.ping()
        except (RedisError, OSError, TimeoutError) as lost:
            raise CacheUnavailable("The store for short-lived facts does not answer.") from lost
