"""Parcels, and every move of each, append-only. Of the address only the country is kept."""

import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS parcels (
    key TEXT PRIMARY KEY,
    tracking_number TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL,
    country TEXT NOT NULL,
    method TEXT NOT NULL,
    weight_grams INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('booked', 'dispatched', 'delivered', 'cancelled')),
    since TEXT NOT NULL,
    delivery_seconds REAL NOT NULL,
    next_at REAL
);
CREATE INDEX IF NOT EXISTS parcels_moving ON parcels (next_at) WHERE next_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS called_off (key TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS moves (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    tracking_number TEXT NOT NULL,
    order_id TEXT NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (key, status)
);
CREATE INDEX IF NOT EXISTS moves_order ON moves (order_id);
CREATE TRIGGER IF NOT EXISTS moves_never_change BEFORE UPDATE ON moves
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS moves_never_vanish BEFORE DELETE ON moves
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""
SHOWN: Final = ("key", "tracking_number", "order_id", "status", "since")


def find(connection: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """The parcel booked under this key."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM parcels WHERE key = ?", (key,)).fetchone()
    return row


def move(connection: sqlite3.Connection, key: str, status: str, next_at: float | None) -> sqlite3.Row:
    """Note that the parcel reached `status` now, and when it moves again."""
    since = datetime.now(UTC).isoformat()
    connection.execute(
        "UPDATE parcels SET status = ?, since = ?, next_at = ? WHERE key = ?", (status, since, next_at, key)
    )
    parcel: sqlite3.Row = connection.execute("SELECT * FROM parcels WHERE key = ?", (key,)).fetchone()
    connection.execute(
        "INSERT INTO moves (key, tracking_number, order_id, status, at) VALUES (?, ?, ?, ?, ?)",
        (key, parcel["tracking_number"], parcel["order_id"], status, since),
    )
    return parcel


def moves(connection: sqlite3.Connection, order_id: str | None) -> list[dict[str, Any]]:
    """All moves, or those of one order, oldest first."""
    rows = connection.execute(
        "SELECT * FROM moves WHERE ?1 IS NULL OR order_id = ?1 ORDER BY seq", (order_id,)
    )
    return [dict(row) for row in rows]


def history(connection: sqlite3.Connection, tracking_number: str) -> list[dict[str, Any]]:
    """The moves of one parcel, oldest first."""
    rows = connection.execute(
        "SELECT status, at FROM moves WHERE tracking_number = ? ORDER BY seq", (tracking_number,)
    )
    return [dict(row) for row in rows]


def describe(parcel: sqlite3.Row) -> dict[str, Any]:
    """A parcel as answers and events show it."""
    return {name: parcel[name] for name in SHOWN}
