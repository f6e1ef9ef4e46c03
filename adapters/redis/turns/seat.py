"""A process's seat: it has its lease renewed while Valkey is well, to have one when Valkey is not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import structlog

from adapters.redis.ending import end
from adapters.redis.scripts import Scripts
from adapters.redis.turns.lease import NO_LEASE, Lease
from adapters.redis.turns.policies import BEGINS_AFTER, LASTS, RENEWED_EVERY, microseconds
from adapters.redis.turns.seating import GET_UP, SIT
from application.shared.unavailable import CacheUnavailable

SEATS: Final = "turns:seats"

_log = structlog.get_logger("octavo.turns")


class Seat:
    """One of `seats` that all processes of the shop share; whoever finds none does without a lease."""

    def __init__(self, scripts: Scripts, me: str, seats: int, seconds: Callable[[], float]) -> None:
        self.seats = seats
        self._scripts = scripts
        self._me = me
        self._seconds = seconds
        self._lease: Lease | None = None
        self._heard = True

    def lease(self) -> Lease | None:
        """What may be used, now or soon."""
        if self._lease is not None and self._lease.has_ended(self._seconds()):
            self._lease = None
            _log.warning("turns_silent", effect="no store is asked until Valkey is back")
        return self._lease

    def lease_in_use(self) -> Lease | None:
        """What may be used now; whoever has it does not ask Valkey."""
        lease = self.lease()
        return lease if lease is not None and lease.has_begun(self._seconds()) else None

    async def renew(self) -> bool:
        """Say which lease we have, and get the next one. False: Valkey is silent, and we keep ours."""
        held, asked = self.lease(), self._seconds()
        has = (-1, NO_LEASE) if held is None else (held.seat, held.starts)
        terms = (microseconds(BEGINS_AFTER), microseconds(LASTS))
        try:
            said = await self._scripts.run(SIT, [SEATS], [self._me, self.seats, *has, *terms])
        except CacheUnavailable:
            if self._heard:
                _log.warning("turns_not_shared", effect="stores are asked by leased shares for a while")
            self._heard = False
            return False
        seat, moment, starts, ends = map(int, said)
        heard, self._heard = self._seconds(), True
        self._lease = Lease(seat, self.seats, starts, ends, moment, asked, heard) if seat >= 0 else None
        return True

    async def get_up(self) -> None:
        """Nobody need wait for our lease to end."""
        held, self._lease = self._lease, None
        if held is not None:
            with suppress(CacheUnavailable):  # it ends by itself
                await self._scripts.run(GET_UP, [SEATS], [self._me, held.seat])

    @asynccontextmanager
    async def held(self, renewed: Callable[[], Any]) -> AsyncIterator[None]:
        """While the block runs; `renewed` is awaited whenever Valkey has answered."""
        sitting = asyncio.create_task(self._sit_for_ever(renewed))
        try:
            yield
        finally:
            await end(sitting)
            await self.get_up()

    async def _sit_for_ever(self, renewed: Callable[[], Any]) -> None:
        while True:
            if await self.renew():
                await renewed()
            await asyncio.sleep(RENEWED_EVERY.total_seconds())
