"""Paces kept in Valkey for all processes together, on its clock; without it, each process keeps its own."""

import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from redis.asyncio import Redis

from adapters.redis.pace_in_process import A_MINUTE, PaceInProcess
from application.external_books.ports import PaceTerms
from application.shared.unavailable import CacheUnavailable

AFTER_LOSS: Final = 5.0  # seconds before a lost Valkey is asked again: nobody waits for it in between
MICRO: Final = 1_000_000

# KEYS[1] whose; ARGV: microseconds between two turns, how many at once, how many a day (-1: no end).
# Answers 0, or the microseconds to wait.
_TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local known = redis.call('HMGET', KEYS[1], 'due', 'day_ends', 'taken', 'rests_until')
local due, ends = math.max(tonumber(known[1] or 0), now), tonumber(known[2] or 0)
local taken = tonumber(known[3] or 0)
if ends <= now then ends, taken = now + 86400000000, 0 end
local wait = math.max(due - now - ARGV[1] * (ARGV[2] - 1), tonumber(known[4] or 0) - now)
if tonumber(ARGV[3]) >= 0 and taken >= tonumber(ARGV[3]) then wait = math.max(wait, ends - now) end
if wait > 0 then return string.format('%.0f', math.ceil(wait)) end
redis.call('HSET', KEYS[1], 'due', string.format('%.0f', due + ARGV[1]),
    'day_ends', string.format('%.0f', ends), 'taken', taken + 1)
-- Counts of a day outlive it; a pace alone is forgotten as soon as it is back at rest.
local keep = tonumber(ARGV[3]) >= 0 and ends - now or due + ARGV[1] - now
redis.call('PEXPIRE', KEYS[1], math.max(math.ceil(keep / 1000) + 1, redis.call('PTTL', KEYS[1])))
return '0'
"""
# KEYS[1] whose; ARGV: microseconds to rest.
_REST: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local till = math.max(tonumber(redis.call('HGET', KEYS[1], 'rests_until') or 0), now + ARGV[1])
redis.call('HSET', KEYS[1], 'rests_until', string.format('%.0f', till))
redis.call('PEXPIRE', KEYS[1], math.max(math.ceil((till - now) / 1000) + 1, redis.call('PTTL', KEYS[1])))
return 0
"""

T = TypeVar("T")
_log = structlog.get_logger("octavo.book_sources")


class ValkeyPace:
    """The `Pace` port. Losing Valkey may mean asking as many times oftener as there are processes."""

    def __init__(self, client: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._take = client.register_script(_TAKE)
        self._rest = client.register_script(_REST)
        self._alone = PaceInProcess()
        self._alone_until = 0.0
        self._monotonic = monotonic

    async def take(self, whose: str, terms: PaceTerms) -> float:
        """See the port."""

        async def shared() -> float:
            interval = round(A_MINUTE / terms.a_minute * MICRO)
            a_day = -1 if terms.a_day is None else terms.a_day
            wait = await self._take(keys=[_name(whose)], args=[interval, terms.at_once, a_day])
            return int(wait) / MICRO

        return await self._either(shared, lambda: self._alone.take(whose, terms))

    async def rest(self, whose: str, seconds: float) -> None:
        """See the port."""

        async def shared() -> None:
            await self._rest(keys=[_name(whose)], args=[round(seconds * MICRO)])

        await self._alone.rest(whose, seconds)  # who asked to be left in peace means it, Valkey or not
        await self._either(shared, _nothing)

    async def _either(self, shared: Callable[[], Awaitable[T]], alone: Callable[[], Awaitable[T]]) -> T:
        if self._monotonic() >= self._alone_until:
            try:
                return await shared()
            except CacheUnavailable:
                self._alone_until = self._monotonic() + AFTER_LOSS
                _log.warning("paces_not_shared", effect="each process keeps its own for now")
        return await alone()


async def _nothing() -> None:
    """It was noted here already."""


def _name(whose: str) -> str:
    return f"pace:{whose}"
