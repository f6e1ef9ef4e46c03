"""Parcels leave and arrive by themselves when their time has come, also after a restart."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from entrypoints.sandbox.carrier.depot import advance
from entrypoints.sandbox.carrier.ledger import describe
from entrypoints.sandbox.shared.faults import FAULTS, Faults
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.webhooks import COURIER, enqueue

BATCH: Final = 100


def advance_and_tell(connection: sqlite3.Connection, faults: Faults, key: str) -> sqlite3.Row | None:
    """One step, and the event of it in the same transaction."""
    parcel = advance(connection, key)
    if parcel is not None:
        enqueue(connection, faults, f"parcel.{parcel['status']}", describe(parcel))
    return parcel


class Dispatcher:
    """Moves every parcel that is due, then sleeps until the next one is."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._news = asyncio.Event()

    def wake(self) -> None:
        """A parcel may have become the next to move."""
        self._news.set()

    async def run(self, app: web.Application) -> AsyncIterator[None]:
        """Work for as long as the application lives (an aiohttp clean-up context)."""
        task = asyncio.create_task(self._move_for_ever(app))
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _move_for_ever(self, app: web.Application) -> None:
        while True:
            self._news.clear()
            pause = await self._journal.transact(lambda connection: _move_due(connection, app[FAULTS]))
            app[COURIER].wake()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), pause)


def _move_due(connection: sqlite3.Connection, faults: Faults) -> float | None:
    now = time.time()
    due = connection.execute(
        "SELECT key FROM parcels WHERE next_at <= ? ORDER BY next_at LIMIT ?", (now, BATCH)
    ).fetchall()
    for row in due:
        advance_and_tell(connection, faults, row["key"])
    (next_at,) = connection.execute("SELECT min(next_at) FROM parcels").fetchone()
    return None if next_at is None else max(0.0, next_at - now)


DISPATCHER: Final = web.AppKey("dispatcher", Dispatcher)
