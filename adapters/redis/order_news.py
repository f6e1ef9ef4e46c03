"""Order news over Valkey's publish/subscribe: one subscription a process, a wake-up for each listener."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.ending import end
from application.shared.unavailable import CacheUnavailable

CHANNEL: Final = "octavo:order-news"
SILENCE: Final = 30.0  # seconds of hearing nothing before listening again
RECONNECT_AFTER: Final = 1.0  # seconds; meanwhile listeners look at the database every quarter second

_log = structlog.get_logger("octavo.news")


class _Wake:
    """The `Listener` port."""

    def __init__(self) -> None:
        self.event = asyncio.Event()

    async def wait(self, at_most: float) -> None:
        """Return at the next news or after `at_most` seconds."""
        with suppress(TimeoutError):  # no news is an ordinary answer
            await asyncio.wait_for(self.event.wait(), at_most)
        self.event.clear()


class RedisOrderNews:
    """The `OrderNews` and the `PurchaseNews` port in one: no id is of both. Without Valkey nothing is told
    and everybody looks for themselves.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: defaultdict[str, set[_Wake]] = defaultdict(set)
        self._ear: asyncio.Task[None] | None = None

    async def tell(self, order_id: UUID) -> None:
        """Best effort: a lost hint costs a quarter second."""
        try:
            await self._redis.publish(CHANNEL, str(order_id))
        except (RedisError, CacheUnavailable) as error:
            _log.info("order_news_not_told", reason=type(error).__name__)

    @asynccontextmanager
    async def listen(self, order_id: UUID) -> AsyncIterator[_Wake]:
        """Register before reading the order."""
        if self._ear is None:
            self._ear = asyncio.create_task(self._hear())
        wake = _Wake()
        self._listeners[str(order_id)].add(wake)
        try:
            yield wake
        finally:
            self._listeners[str(order_id)].discard(wake)
            if not self._listeners[str(order_id)]:
                del self._listeners[str(order_id)]

    async def close(self) -> None:
        """Stop listening."""
        if self._ear is not None:
            await end(self._ear)

    async def _hear(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL)
                    while True:
                        message = await channel.get_message(timeout=SILENCE)
                        if message is not None:
                            self._wake(message["data"])
            except (RedisError, CacheUnavailable) as error:
                _log.warning("order_news_lost", reason=type(error).__name__)
                await asyncio.sleep(RECONNECT_AFTER)

    def _wake(self, data: bytes | str) -> None:
        order_id = data.decode() if isinstance(data, bytes) else data
        for wake in self._listeners.get(order_id, ()):
            wake.event.set()
