"""How a process that works in rounds waits for the next."""

import asyncio


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """So long, or until told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
