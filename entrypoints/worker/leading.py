"""Processes of which one works and the others stand by."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from adapters.postgres.leadership import Leadership
from domain.shared.errors import DomainError

IN_TROUBLE: Final = 1.0  # seconds: something is down, and asking faster does not bring it back
STAND_BY: Final = 2.0  # seconds between bids for the lead
LED_AT_MOST: Final = 10.0  # seconds between two proofs that the connection with the lock is still there

Work = Callable[[asyncio.Event], Awaitable[float]]  # one turn of the leader; returns how long to rest


async def take_turns(who: str, leadership: Leadership, lock: int, stop: asyncio.Event, work: Work) -> None:
    """Until told to stop, work whenever nobody else does; a lost database or engine is waited for."""
    log = structlog.get_logger(f"octavo.{who}")
    while not stop.is_set():
        try:
            async with leadership.bid(lock) as leading:
                pause = await work(stop) if leading else STAND_BY
        except DomainError as trouble:
            log.warning("leader_waits", reason=trouble.code)
            pause = IN_TROUBLE
        await rest(stop, pause)


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """So long, or until told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
