"""The rate limit of all API processes together, kept in Valkey and asked for in the background.

Each process decides from its own books (GCRA: one theoretical arrival time per caller), so a request
never waits for Valkey. A few times a second it settles what it let pass with one script per caller, on
the server's clock, and takes over what the others let pass. When Valkey is lost the process goes on
alone. The price: within one settling interval a caller may get the whole burst from each process.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import islice
from typing import Final

import structlog
from redis.asyncio import Redis

from adapters.redis.ending import end
from application.shared.unavailable import CacheUnavailable

SETTLE_EVERY: Final = 0.25  # seconds: a twentieth of what anybody notices, four round trips a second
AFTER_LOSS: Final = 2.0  # seconds before asking a lost Valkey again
BURST_SECONDS: Final = 10  # an idle caller may use ten seconds' worth at once: a page asks for many things
MOST_CALLERS: Final = 100_000  # remembered by a process (some 20 MB); beyond it the idle are forgotten first
MOST_AT_ONCE: Final = 500  # callers settled in one round trip: about a millisecond of Valkey's time
ROUNDING: Final = 1e-9  # seconds; sums of floats must not turn the last allowed request away
A_MINUTE: Final = 60.0

# KEYS[1] the caller; ARGV: microseconds per request, burst in microseconds, requests to settle.
# Answers how far ahead of the server's clock the caller's next regular request lies, in microseconds.
# What a caller owes is capped at two bursts: hammering delays the return, but not for ever.
_SETTLE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local next = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
next = math.min(next + ARGV[1] * ARGV[3], now + 2 * ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return next - now
"""

_log = structlog.get_logger("octavo.rate_limiter")


class SharedRateLimiter:
    """`per_minute` requests for each caller over all processes, with a burst of ten seconds' worth."""

    def __init__(
        self, redis: Redis, per_minute: int, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._script = redis.register_script(_SETTLE)
        self._redis = redis
        self._monotonic = monotonic
        self._interval = A_MINUTE / per_minute
        self._burst = max(self._interval, float(BURST_SECONDS))
        self._next: dict[str, float] = {}  # when the caller's next regular request would be due
        self._unsettled: dict[str, int] = {}

    def take(self, caller: str) -> float:
        """See `RateLimiter`."""
        now = self._monotonic()
        due = max(self._next.get(caller, now), now)
        wait = due + self._interval - self._burst - now
        if wait > ROUNDING:
            return wait
        self._next[caller] = due + self._interval
        self._unsettled[caller] = self._unsettled.get(caller, 0) + 1
        return 0.0

    @asynccontextmanager
    async def sharing(self) -> AsyncIterator[None]:
        """Settle in the background while the block runs."""
        settling = asyncio.create_task(self._settle_for_ever())
        try:
            yield
        finally:
            await end(settling)

    async def settle(self) -> None:
        """Tell Valkey what was let pass since the last time, and learn what others let pass."""
        passed, self._unsettled = self._unsettled, {}
        callers = iter(passed.items())
        while batch := list(islice(callers, MOST_AT_ONCE)):
            await self._settle_batch(batch)
        if len(self._next) > MOST_CALLERS:
            now = self._monotonic()
            self._next = {caller: due for caller, due in self._next.items() if due > now}

    async def _settle_batch(self, batch: list[tuple[str, int]]) -> None:
        interval, burst = round(self._interval * 1e6), round(self._burst * 1e6)
        async with self._redis.pipeline(transaction=False) as pipeline:
            for caller, requests in batch:
                await self._script(keys=[f"rate:{caller}"], args=[interval, burst, requests], client=pipeline)
            ahead = await pipeline.execute()
        now = self._monotonic()
        for (caller, _), microseconds in zip(batch, ahead, strict=True):
            self._next[caller] = max(self._next.get(caller, 0.0), now + microseconds / 1e6)

    async def _settle_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SETTLE_EVERY)
            try:
                await self.settle()
            except CacheUnavailable:
                _log.warning("rate_limit_not_shared", effect="each process limits on its own for now")
                await asyncio.sleep(AFTER_LOSS)
