"""What was changed elsewhere, heard over Valkey's publish/subscribe."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.ending import end
from application.shared.unavailable import CacheUnavailable

SILENCE: Final = 5.0  # seconds; then we ask whether anybody is there, and wait as long once more
AGAIN_AFTER: Final = 1.0  # seconds; meanwhile what is kept is as fresh as its life says, and no fresher

_log = structlog.get_logger("octavo.news")


@asynccontextmanager
async def hearing(redis: Redis, channel: str, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
    """While the block runs. Whenever listening begins, anything may have been said before: `heard` of nothing
    in particular means everything.
    """
    ear = asyncio.create_task(_hear_for_ever(redis, channel, heard))
    try:
        yield
    finally:
        await end(ear)


async def _hear_for_ever(redis: Redis, channel: str, heard: Callable[[frozenset[str]], None]) -> None:
    while True:
        try:
            await _hear(redis, channel, heard)
        except (RedisError, CacheUnavailable) as error:
            _log.warning("news_not_heard", channel=channel, reason=type(error).__name__)
            await asyncio.sleep(AGAIN_AFTER)


async def _hear(redis: Redis, channel: str, heard: Callable[[frozenset[str]], None]) -> None:
    async with redis.pubsub() as subscription:
        await subscription.subscribe(channel)
        while True:
            message = await subscription.get_message(timeout=SILENCE)
            if message is None:
                await subscription.ping()
                message = await subscription.get_message(timeout=SILENCE)
            if message is None:
                raise CacheUnavailable("Nobody is there to be heard.")
            if message["type"] == "message":
                heard(frozenset(message["data"].decode(errors="replace").split()))
            elif message["type"] == "subscribe":  # the library connects again by itself, and tells it so
                heard(frozenset())
