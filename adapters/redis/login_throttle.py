"""Sign-in attempts counted in Valkey for all processes; without it, each process counts for itself."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

import structlog
from redis.asyncio import Redis

from adapters.redis.attempts_in_process import AttemptsInProcess
from application.shared.unavailable import CacheUnavailable
from domain.users.attempts import FORGOTTEN_AFTER, Ladder

AFTER_LOSS: Final = 5.0  # seconds before a lost Valkey is asked again: no sign-in waits for it in between
MOST_AT_ONCE: Final = 10  # questions on their way: a flood of guesses must not take every connection

# `Ladder.wait_after` in Lua, so that looking, counting and blocking are one step for a thousand at once.
# KEYS[1] what is counted; ARGV, in milliseconds but for `free`: now, keep, free, first, longest.
_SPEND: Final = """
local known = redis.call('HMGET', KEYS[1], 'attempts', 'blocked_until')
local now, blocked = tonumber(ARGV[1]), tonumber(known[2] or 0)
if blocked > now then return blocked - now end
local attempts = tonumber(known[1] or 0) + 1
blocked = 0
if attempts >= tonumber(ARGV[3]) then
  blocked = now + math.min(ARGV[4] * 2 ^ math.min(attempts - ARGV[3], 32), tonumber(ARGV[5]))
end
redis.call('HSET', KEYS[1], 'attempts', attempts, 'blocked_until', string.format('%.0f', blocked))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
"""
# KEYS[1] as above; ARGV: free.
_REFUND: Final = """
local attempts = tonumber(redis.call('HGET', KEYS[1], 'attempts') or 0)
if attempts == 0 then return 0 end
redis.call('HSET', KEYS[1], 'attempts', attempts - 1)
if attempts - 1 < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'blocked_until', 0) end
return 0
"""

T = TypeVar("T")
_log = structlog.get_logger("octavo.sign_in")


class ValkeyAttempts:
    """The `AttemptCounters` port. Losing Valkey weakens the limit, it never stops anybody from signing in."""

    def __init__(self, client: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._spend = client.register_script(_SPEND)
        self._refund = client.register_script(_REFUND)
        self._alone = AttemptsInProcess()
        self._alone_until = 0.0
        self._monotonic = monotonic
        self._asking = asyncio.Semaphore(MOST_AT_ONCE)

    async def spend(self, key: str, ladder: Ladder, now: datetime) -> timedelta:
        """See the port."""

        async def shared() -> timedelta:
            clock = round(now.timestamp() * 1000)
            first, longest, keep = map(_milliseconds, (ladder.first, ladder.longest, FORGOTTEN_AFTER))
            wait = await self._spend(keys=[_name(key)], args=[clock, keep, ladder.free, first, longest])
            return timedelta(milliseconds=wait)

        return await self._either(shared, lambda: self._alone.spend(key, ladder, now))

    async def refund(self, key: str, ladder: Ladder) -> None:
        """See the port."""

        async def shared() -> None:
            await self._refund(keys=[_name(key)], args=[ladder.free])

        await self._either(shared, lambda: self._alone.refund(key, ladder))

    async def clear(self, key: str) -> None:
        """See the port."""

        async def shared() -> None:
            await self._client.delete(_name(key))

        await self._either(shared, lambda: self._alone.clear(key))

    async def _either(self, shared: Callable[[], Awaitable[T]], alone: Callable[[], Awaitable[T]]) -> T:
        try:
            async with self._asking:
                if self._monotonic() >= self._alone_until:
                    return await shared()
        except CacheUnavailable:
            self._alone_until = self._monotonic() + AFTER_LOSS
            _log.warning("sign_in_attempts_not_shared", effect="each process counts on its own for now")
        return await alone()


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _name(key: str) -> str:
    return f"attempts:{key}"
