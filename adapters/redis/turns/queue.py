"""Those in this process who wait for a turn at one store in one lane: first come, first served."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Queue:
    """Only its head asks; the others wait behind it. Times are seconds on this process's clock."""

    waiting: int = 0
    next_look: float = 0.0  # when the head asks again
    each: float = 0.0  # seconds from one turn of the lane to the next, as it was heard last
    elsewhere: int = 0  # who waited in other processes then
    expected: bool = False  # Valkey keeps a turn for us
    question: int = 0  # the number of the last one
    lost: int = 0  # the number of the one whose turn came too late, or of whose answer we have not heard
    silent_since: float | None = None  # since when the head has had no answer
    _head: asyncio.Lock = field(default_factory=asyncio.Lock)  # wakes those who wait for it in their order

    def expected_wait(self, now: float) -> float:
        """For somebody who comes now. Nobody there: Valkey knows better."""
        if not self.waiting:
            return 0.0
        return max(0.0, self.next_look - now) + (self.waiting + self.elsewhere) * self.each

    def heard(self, next_look: float, each: float, elsewhere: int) -> None:
        """What the head was told."""
        self.next_look, self.each, self.elsewhere = next_look, each, elsewhere

    @asynccontextmanager
    async def at_its_head(self, limit: float) -> AsyncIterator[None]:
        """Once all who came before have gone. Raises `TimeoutError` after `limit` seconds of waiting."""
        self.waiting += 1
        try:
            async with asyncio.timeout(limit):
                await self._head.acquire()
            try:
                yield
            finally:
                self._head.release()
        finally:
            self.waiting -= 1
