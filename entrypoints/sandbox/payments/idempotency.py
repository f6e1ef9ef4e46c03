"""One answer for each key: repeated byte for byte, guarded against another body, worked on once at a time."""

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from aiohttp import web

from entrypoints.sandbox.payments.bank import Answer
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import Refusal

LONGEST_KEY: Final = 255  # as Stripe's
REPLAYED: Final = "Idempotent-Replayed"

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL
);
"""


class Keys:
    """The keys of this provider. What is in progress is known in memory only: a killed server did none."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._running: dict[str, str] = {}

    async def once(
        self, key: str, fingerprint: str, work: Callable[[sqlite3.Connection], Answer], *, after: float = 0.0
    ) -> web.Response:
        """Do `work` (after that many seconds) unless this key was answered before; store what is answered.

        Refusals of the provider's rules are answers too: asking again does not change its mind.
        """
        stored = await self._journal.transact(lambda connection: _stored(connection, key, fingerprint))
        if stored is not None:
            return stored
        with self._alone(key, fingerprint):
            await asyncio.sleep(after)
            return await self._journal.transact(
                lambda connection: (
                    _stored(connection, key, fingerprint) or _answer(connection, key, fingerprint, work)
                )
            )

    @contextmanager
    def _alone(self, key: str, fingerprint: str) -> Iterator[None]:
        if key in self._running:
            if self._running[key] != fingerprint:
                raise _reused()
            raise Refusal(409, "in_progress", "This key is being worked on; ask again shortly.")
        self._running[key] = fingerprint
        try:
            yield
        finally:
            del self._running[key]


def key_of(request: web.Request) -> str:
    """The `Idempotency-Key` header, which every call that moves money carries."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Refusal(422, "invalid_request", f"Send an Idempotency-Key of 1 to {LONGEST_KEY} characters.")
    return key


async def fingerprint_of(request: web.Request) -> str:
    """What makes two requests the same: path and body. Kept as a digest only."""
    return hashlib.sha256(request.path.encode() + b"\n" + await request.read()).hexdigest()


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Take an answer back because it is true no longer: its key was abandoned."""
    connection.execute("DELETE FROM answers WHERE key = ?", (key,))


def _stored(connection: sqlite3.Connection, key: str, fingerprint: str) -> web.Response | None:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM answers WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != fingerprint:
        raise _reused()
    return _response(row["status"], row["body"], {REPLAYED: "true"})


def _answer(
    connection: sqlite3.Connection, key: str, fingerprint: str, work: Callable[[sqlite3.Connection], Answer]
) -> web.Response:
    try:
        answer = work(connection)
    except Refusal as refusal:
        answer = Answer(refusal.status, refusal.document())
    body = json.dumps(answer.document)
    connection.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (key, fingerprint, answer.status, body))
    return _response(answer.status, body, {})


def _reused() -> Refusal:
    return Refusal(422, "key_reused", "This key was used for another request.")


def _response(status: int, body: str, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, text=body, content_type="application/json", headers=headers)
