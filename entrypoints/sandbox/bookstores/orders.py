"""The ledger: every order of every store and every movement of its money, append-only."""

import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS orders (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    store TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    offer_id TEXT NOT NULL,
    isbn TEXT NOT NULL,
    condition TEXT NOT NULL,
    seller TEXT NOT NULL,
    item INTEGER NOT NULL,
    shipping INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    currency TEXT NOT NULL,
    expected_total INTEGER NOT NULL,
    country TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS orders_by_key ON orders (store, key);
CREATE TABLE IF NOT EXISTS movements (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    order_seq INTEGER NOT NULL REFERENCES orders,
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'cancel', 'refund')),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    at TEXT NOT NULL,
    UNIQUE (order_seq, kind)
);
CREATE TRIGGER IF NOT EXISTS orders_never_change BEFORE UPDATE ON orders
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS orders_never_vanish BEFORE DELETE ON orders
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS movements_never_change BEFORE UPDATE ON movements
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS movements_never_vanish BEFORE DELETE ON movements
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""
_INSERT: Final = """
INSERT INTO orders (store, key, fingerprint, offer_id, isbn, condition, seller, item, shipping, tax, currency,
    expected_total, country, at)
VALUES (:store, :key, :fingerprint, :offer_id, :isbn, :condition, :seller, :item, :shipping, :tax, :currency,
    :expected_total, :country, :at)
"""
_STANDING: Final = """
SELECT orders.*,
    sum(amount) FILTER (WHERE kind = 'charge') AS charged,
    coalesce(sum(amount) FILTER (WHERE kind = 'cancel'), 0) AS cancelled,
    coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded,
    max(kind = 'cancel') AS is_cancelled, max(kind = 'refund') AS is_refunded
FROM orders JOIN movements ON order_seq = orders.seq
WHERE (?1 IS NULL OR store = ?1) AND (?2 IS NULL OR key = ?2)
GROUP BY orders.seq ORDER BY orders.seq
"""
_MOVEMENTS: Final = """
SELECT movements.seq, store, key, order_seq, kind, amount, currency, movements.at
FROM movements JOIN orders ON order_seq = orders.seq
WHERE (?1 IS NULL OR store = ?1) AND (?2 IS NULL OR key = ?2)
ORDER BY movements.seq
"""
_SEQUENCE_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What was ordered and how it was charged. Amounts are minor units of `currency`."""

    store: str
    key: str
    fingerprint: str
    offer_id: str
    isbn: str
    condition: str
    seller: str
    item: int
    shipping: int
    tax: int
    currency: str
    expected_total: int
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Sale):
    """A sale as it stands; `refunded` is all that came back."""

    seq: int
    status: str
    charged: int
    refunded: int
    at: str

    @property
    def id(self) -> str:
        """The number on the receipt."""
        return number(self.store, self.seq)


def standing(connection: sqlite3.Connection, store: str | None, key: str | None) -> list[Order]:
    """All orders, or those of a store, or under a key; oldest first."""
    return [_order(row) for row in connection.execute(_STANDING, (store, key))]


def movements(connection: sqlite3.Connection, store: str | None, key: str | None) -> list[dict[str, Any]]:
    """All that was charged and came back, or of a store, or under a key; oldest first."""
    found = [dict(row) for row in connection.execute(_MOVEMENTS, (store, key))]
    return [{"order_id": number(line["store"], line.pop("order_seq"))} | line for line in found]


def number(store: str, seq: int) -> str:
    """As on the receipt."""
    return f"{store}-{seq:0{_SEQUENCE_DIGITS}d}"


def add(connection: sqlite3.Connection, sale: Sale) -> None:
    """Write the order down, and that its total was charged."""
    at = _now()
    seq = connection.execute(_INSERT, asdict(sale) | {"at": at}).lastrowid
    _move(connection, seq or 0, "charge", sale.item + sale.shipping + sale.tax, at)


def move(connection: sqlite3.Connection, order: Order, kind: str, amount: int) -> None:
    """Give that much back: by cancelling all, or by refunding a part."""
    _move(connection, order.seq, kind, amount, _now())


def _move(connection: sqlite3.Connection, seq: int, kind: str, amount: int, at: str) -> None:
    connection.execute(
        "INSERT INTO movements (order_seq, kind, amount, at) VALUES (?, ?, ?, ?)", (seq, kind, amount, at)
    )


def _order(row: sqlite3.Row) -> Order:
    values = dict(row)
    is_cancelled, is_refunded = values.pop("is_cancelled"), values.pop("is_refunded")
    values["refunded"] += values.pop("cancelled")
    status = "cancelled" if is_cancelled else "refunded" if is_refunded else "accepted"
    return Order(status=status, **values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
