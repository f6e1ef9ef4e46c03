"""Counting what readers ask for, so that it is fresh when they ask again."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from application.prices.refreshing.ports import Interests
from application.shared.unavailable import DatabaseUnavailable
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn

WRITTEN_EVERY: Final = 30.0  # seconds: demand is counted by the day
MOST_UNWRITTEN: Final = 10_000  # books, while the database is away; those asked for most are kept


class CountQuestions:
    """A book is wanted as often as readers compare its prices. Counted here and written down together, so
    that no reader waits for it; a process that is killed loses half a minute of counting.
    """

    def __init__(self, interests: Interests, clock: Clock) -> None:
        self._interests = interests
        self._clock = clock
        self._unwritten: Counter[Isbn] = Counter()

    def note(self, isbn: Isbn) -> None:
        """Somebody asks for it."""
        self._unwritten[isbn] += 1

    async def write(self) -> None:
        """Never fails: what cannot be written down now is tried again."""
        counted, self._unwritten = self._unwritten, Counter()
        if not counted:
            return
        try:
            await self._interests.note(counted, self._clock.now())
        except DatabaseUnavailable:
            self._unwritten = Counter(dict((counted + self._unwritten).most_common(MOST_UNWRITTEN)))

    @asynccontextmanager
    async def counting(self) -> AsyncIterator[None]:
        """While the block runs, and once more at its end, it is written down."""
        writing = asyncio.create_task(self._write_on())
        try:
            yield
        finally:
            writing.cancel()
            await self.write()

    async def _write_on(self) -> None:
        while True:
            await asyncio.sleep(WRITTEN_EVERY)
            await self.write()
