"""Signed events to the shop: written with the fact they tell of, delivered at least once."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Any, Final

import aiohttp
from aiohttp import web

from entrypoints.sandbox.shared.faults import Effect, Faults
from entrypoints.sandbox.shared.journal import Journal

SIGNATURE_HEADER: Final = "Sandbox-Signature"
ANSWER_SECONDS: Final = 5.0  # a receiver stores and answers; one that takes longer is asked again
FIRST_PAUSE: Final = 0.5  # seconds; doubles with every try
LONGEST_PAUSE: Final = 30.0
MOST_TRIES: Final = 20  # about eight minutes: longer than any restart, shorter than for ever
HELD_SECONDS: Final = 10.0  # an event held to come out of order goes even if no other overtakes it
BATCH: Final = 32

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given_up'))
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (due_at) WHERE state = 'waiting';
"""


def sign(payload: str, secret: str, at: int) -> str:
    """The signature header of `payload` sent at `at` (Unix seconds): HMAC-SHA256 over "at.payload"."""
    digest = hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def enqueue(connection: sqlite3.Connection, faults: Faults, kind: str, data: Mapping[str, Any]) -> None:
    """Write the event in the transaction of the fact it tells of; faults of "webhook" befall it here."""
    event_id, now = f"evt_{secrets.token_hex(12)}", time.time()
    payload = json.dumps({"id": event_id, "type": kind, "created": int(now), "data": dict(data)})
    duplicate = faults.take("webhook", Effect.DUPLICATE)
    late = faults.take("webhook", Effect.LATE)
    held = faults.take("webhook", Effect.OUT_OF_ORDER)
    due_at = now + (late.seconds if late else HELD_SECONDS if held else 0.0)
    row = (event_id, payload, due_at, int(held is not None))
    connection.executemany(
        "INSERT INTO deliveries (event_id, payload, due_at, held) VALUES (?, ?, ?, ?)",
        [row] * (duplicate.copies if duplicate else 1),
    )


class Courier:
    """Brings waiting events to the shop until it answers 2xx or the tries are used up."""

    def __init__(self, journal: Journal, url: str, secret: str) -> None:
        if not secret:
            raise ValueError("Webhooks are never sent without a secret to sign them.")
        self._journal, self._url, self._secret = journal, url, secret
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There may be something to bring."""
        self._news.set()

    async def run(self, _: web.Application) -> AsyncIterator[None]:
        """Work for as long as the application lives (an aiohttp clean-up context)."""
        task = asyncio.create_task(self._deliver_for_ever())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _deliver_for_ever(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                self._news.clear()
                due, pause = await self._journal.transact(_due)
                arrived = await asyncio.gather(*(self._deliver(session, row) for row in due))
                # One transaction for all of them: an fsync costs more than a letter.
                await self._journal.transact(partial(_settle, rows=due, arrived=arrived))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 0 if due else pause)

    async def _deliver(self, session: aiohttp.ClientSession, row: sqlite3.Row) -> bool:
        header = sign(row["payload"], self._secret, int(time.time()))
        headers = {SIGNATURE_HEADER: header, "Content-Type": "application/json"}
        try:
            async with session.post(self._url, data=row["payload"].encode(), headers=headers) as response:
                return response.ok
        except (aiohttp.ClientError, TimeoutError):
            return False


def _due(connection: sqlite3.Connection) -> tuple[list[sqlite3.Row], float | None]:
    now = time.time()
    waiting = "SELECT * FROM deliveries WHERE state = 'waiting'"
    due = connection.execute(f"{waiting} AND due_at <= ? ORDER BY seq LIMIT ?", (now, BATCH)).fetchall()
    coming = connection.execute(f"{waiting} ORDER BY due_at LIMIT 1").fetchone()
    return due, None if coming is None else max(0.0, coming["due_at"] - now)


def _settle(connection: sqlite3.Connection, rows: list[sqlite3.Row], arrived: list[bool]) -> None:
    now = time.time()
    for row, taken in zip(rows, arrived, strict=True):
        tries = row["tries"] + 1
        state = "delivered" if taken else "given_up" if tries >= MOST_TRIES else "waiting"
        due_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1))
        connection.execute(
            "UPDATE deliveries SET state = ?, tries = ?, due_at = ?, held = 0 WHERE seq = ?",
            (state, tries, due_at, row["seq"]),
        )
    if any(arrived):
        connection.execute("UPDATE deliveries SET due_at = ?, held = 0 WHERE held = 1", (now,))


COURIER: Final = web.AppKey("courier", Courier)


def attach(app: web.Application, journal: Journal, url: str, secret: str) -> None:
    """Give the application a courier that lives as long as it does."""
    app[COURIER] = Courier(journal, url, secret)
    app.cleanup_ctx.append(app[COURIER].run)
