"""What goes on after the visitor has the answer."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from domain.shared.errors import DomainError

_log = structlog.get_logger("octavo.answers")


class Background:
    """Holds tasks until they are done. None of them may be needed: what fails is told in the log."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, deed: Coroutine[Any, Any, object]) -> None:
        """Begin it."""
        self.watch(asyncio.create_task(deed))

    def watch(self, task: asyncio.Task[Any]) -> None:
        """It has begun, and nobody waits for it."""
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def settle(self) -> None:
        """Until nothing is left to do."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, DomainError):
            _log.info("answer_not_renewed", reason=error.code)
        else:
            _log.error("answer_not_renewed", exc_info=error)
