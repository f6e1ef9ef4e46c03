"""Is Valkey there?"""

from redis.asyncio import Redis


class RedisProbe:
    """Asks on a connection of the pool, as a request would."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def __call__(self) -> str:
        """The server's version; raises when it does not answer."""
        known = await self._redis.info("server")
        valkey = known.get("valkey_version")
        return f"Valkey {valkey}" if valkey else f"Redis {known.get('redis_version')}"
