"""Ending what goes on in the background."""

import asyncio
from typing import Any, Final

AGAIN_AFTER: Final = 0.1  # seconds; whoever heard the first time has ended long before


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel it until it has ended: redis-py loses a cancellation that comes while it connects, and whoever
    cancelled once would wait for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=AGAIN_AFTER)
