"""The ledger: every movement of money, append-only, one effect for each key. It is the truth tests trust."""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS operations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('authorise', 'decline', 'capture', 'void', 'refund')),
    key TEXT NOT NULL,
    reference TEXT NOT NULL,
    order_id TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (kind, key)
);
CREATE INDEX IF NOT EXISTS operations_order ON operations (order_id);
CREATE INDEX IF NOT EXISTS operations_reference ON operations (reference);
CREATE TRIGGER IF NOT EXISTS operations_never_change BEFORE UPDATE ON operations
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS operations_never_vanish BEFORE DELETE ON operations
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""


class Movement(StrEnum):
    """Kinds of ledger lines. A decline moves nothing and is written for the reader's sake."""

    AUTHORISE = "authorise"
    DECLINE = "decline"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


def write(
    connection: sqlite3.Connection, kind: Movement, key: str, payment: sqlite3.Row, amount: int
) -> None:
    """Append one line about `payment`."""
    connection.execute(
        "INSERT INTO operations (kind, key, reference, order_id, amount, currency, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            kind.value,
            key,
            payment["reference"],
            payment["order_id"],
            amount,
            payment["currency"],
            datetime.now(UTC).isoformat(),
        ),
    )


def moved(connection: sqlite3.Connection, kind: Movement, reference: str) -> int:
    """How much of that kind this payment has seen, in minor units."""
    row = connection.execute(
        "SELECT coalesce(sum(amount), 0) AS amount FROM operations WHERE kind = ? AND reference = ?",
        (kind.value, reference),
    ).fetchone()
    return int(row["amount"])


def lines(connection: sqlite3.Connection, order_id: str | None) -> list[dict[str, Any]]:
    """All lines, or those of one order, oldest first."""
    rows = connection.execute(
        "SELECT * FROM operations WHERE ?1 IS NULL OR order_id = ?1 ORDER BY seq", (order_id,)
    )
    return [dict(row) for row in rows]


def totals(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """For each order and currency: what was reserved, released, taken and given back, and how often.

    `held` is still reserved, `kept` is what the shop has: together what the reader feels.
    """
    rows = connection.execute(
        """
        SELECT order_id, currency,
               sum(iif(kind = 'authorise', amount, 0)) AS authorised,
               sum(iif(kind = 'void', amount, 0)) AS voided,
               sum(iif(kind = 'capture', amount, 0)) AS captured,
               sum(iif(kind = 'refund', amount, 0)) AS refunded,
               count(*) FILTER (WHERE kind = 'capture') AS captures
        FROM operations GROUP BY order_id, currency ORDER BY min(seq)
        """
    )
    return [_with_balance(dict(row)) for row in rows]


def _with_balance(order: dict[str, Any]) -> dict[str, Any]:
    return {
        **order,
        "held": order["authorised"] - order["voided"] - order["captured"],
        "kept": order["captured"] - order["refunded"],
    }
