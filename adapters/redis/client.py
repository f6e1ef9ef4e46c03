"""The one way to Valkey (or Redis): answers soon or says so, and never sends a command twice."""

from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import Pipeline
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as NotInTime

from application.shared.unavailable import CacheUnavailable

# Seconds. Its slowest honest answer takes a few milliseconds; in a rush our own loop may come back to it half
# a second late, and that must not look like a server that is down.
CONNECT_WITHIN: Final = 1.0
ANSWER_WITHIN: Final = 1.0
CONNECTIONS: Final = 100  # a process; a rush of more callers than that takes turns
TURN_WITHIN: Final = 1.0  # seconds; ten thousand commands fit in it, so whoever waits longer waits in vain
LOST: Final = (NotConnected, NotInTime)


def _unavailable() -> CacheUnavailable:
    return CacheUnavailable("The store for carts and short-lived facts does not answer; try again shortly.")


class _Batch(Pipeline):
    async def execute(self, raise_on_error: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - the library's signature
        try:
            return await super().execute(raise_on_error)
        except LOST as lost:
            raise _unavailable() from lost


class _Client(Redis):
    async def execute_command(self, *args: object, **options: object) -> object:
        try:
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call] # the library's gap
        except LOST as lost:
            raise _unavailable() from lost

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:  # noqa: FBT001, FBT002 - as above
        return _Batch(self.connection_pool, self.response_callbacks, transaction, shard_hint)


def connect(url: str) -> Redis:
    """A client that connects when first used and decodes nothing. It raises `CacheUnavailable` where
    the server is lost, and leaves repeating to callers who know what is safe to repeat.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        socket_connect_timeout=CONNECT_WITHIN,
        socket_timeout=ANSWER_WITHIN,
        max_connections=CONNECTIONS,
        timeout=TURN_WITHIN,
        retry=Retry(NoBackoff(), retries=0),
    )
    return _Client.from_pool(pool)
