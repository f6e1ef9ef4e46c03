"""Reminds readers of meetings, beside the relay: a slow mail server holds up nothing else. One process does,
others stand by.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from adapters.postgres.leadership import REMINDER, Leadership
from application.meetings.remind_readers import RemindReaders
from domain.shared.errors import DomainError
from entrypoints.container import Container

EVERY: Final = 60.0  # seconds between looks; nobody minds by a minute when the day before begins

_log = structlog.get_logger("octavo.reminders")


class Reminding:
    """Looks whom to remind, writes, and rests."""

    def __init__(self, *, remind_readers: RemindReaders, leadership: Leadership) -> None:
        self._remind = remind_readers
        self._leadership = leadership

    async def run(self) -> None:
        """Until it is cancelled: a mail that went out just then may go out again, under the same name."""
        while True:
            await asyncio.sleep(EVERY)
            await self.once()

    async def once(self) -> None:
        """Remind whoever is to be reminded now."""
        try:
            async with self._leadership.bid(REMINDER) as leading:
                sent = await self._remind() if leading else 0
        except DomainError as trouble:
            _log.warning("reminders_wait", reason=trouble.code)
            return
        if sent:
            _log.info("readers_reminded", mails=sent)


@asynccontextmanager
async def reminding_beside(container: Container) -> AsyncIterator[None]:
    """While the block runs, readers are reminded."""
    reminding = Reminding(
        remind_readers=container.use_cases.remind_readers(),
        leadership=Leadership(container.adapters.database()),
    )
    async with asyncio.TaskGroup() as together:
        working = together.create_task(reminding.run())
        yield
        working.cancel()
