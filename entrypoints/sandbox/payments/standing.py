"""Where each payment stands, and which keys were abandoned."""

import sqlite3
from typing import Final

from entrypoints.sandbox.shared.serving import Refusal

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS payments (
    key TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('action_required', 'authorised', 'declined', 'captured', 'voided')),
    reason TEXT
);
CREATE TABLE IF NOT EXISTS abandoned (key TEXT PRIMARY KEY);
"""


def by_key(connection: sqlite3.Connection, key: str) -> sqlite3.Row:
    """The payment authorised, or refused, under this key; 410 when it was abandoned, 404 when unknown."""
    refuse_abandoned(connection, key)
    payment = find(connection, key)
    if payment is None:
        raise Refusal(404, "unknown_key", "No authorisation was asked for under this key.")
    return payment


def by_reference(connection: sqlite3.Connection, reference: str) -> sqlite3.Row:
    """The payment of this name."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM payments WHERE reference = ?", (reference,)
    ).fetchone()
    if row is None:
        raise Refusal(404, "unknown_payment", "There is no such payment.")
    return row


def refuse_abandoned(connection: sqlite3.Connection, key: str) -> None:
    """A tombstone outlives everything said before under its key."""
    if connection.execute("SELECT 1 FROM abandoned WHERE key = ?", (key,)).fetchone():
        raise Refusal(410, "abandoned", "This payment was called off.")


def find(connection: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """The payment under this key, abandoned or not."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM payments WHERE key = ?", (key,)).fetchone()
    return row


def move(
    connection: sqlite3.Connection, payment: sqlite3.Row, status: str, reason: str | None = None
) -> None:
    """Write down where the payment stands."""
    connection.execute(
        "UPDATE payments SET status = ?, reason = ? WHERE key = ?", (status, reason, payment["key"])
    )
