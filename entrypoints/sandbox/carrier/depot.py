"""The carrier's rules. Each function runs inside one transaction of the journal."""

import secrets
import sqlite3
import time
from typing import Final

import msgspec

from domain.shipping.zones import ZONES
from entrypoints.sandbox.carrier.ledger import find, move
from entrypoints.sandbox.shared.serving import Refusal

UNDELIVERABLE: Final = "00000"  # the postal code no driver ever finds


class Address(msgspec.Struct, forbid_unknown_fields=True):
    """Read, judged and forgotten."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str | None = None
    region: str | None = None


class Booking(msgspec.Struct, forbid_unknown_fields=True):
    """POST /v1/parcels/{key}."""

    order_id: str
    address: Address
    weight_grams: int
    method: str


class Delays(msgspec.Struct, forbid_unknown_fields=True):
    """How long parcels booked from now on wait, and travel."""

    dispatch_seconds: float
    delivery_seconds: float


def book(connection: sqlite3.Connection, key: str, wanted: Booking, delays: Delays) -> sqlite3.Row:
    """Take the order for a parcel; the same key means the same parcel for ever."""
    parcel = find(connection, key)
    if parcel is not None:
        return _same(parcel, wanted)
    if connection.execute("SELECT 1 FROM called_off WHERE key = ?", (key,)).fetchone():
        raise Refusal(410, "called_off", "This parcel was called off before it was booked.")
    _demand_service(wanted)
    tracking_number = f"OC{secrets.randbelow(10**12):012d}"
    connection.execute(
        "INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, 'booked', '', ?, NULL)",
        (
            key,
            tracking_number,
            wanted.order_id,
            wanted.address.country,
            wanted.method,
            wanted.weight_grams,
            delays.delivery_seconds,
        ),
    )
    return move(connection, key, "booked", time.time() + delays.dispatch_seconds)


def cancel(connection: sqlite3.Connection, key: str) -> bool:
    """Call it off unless it has left; a booking that arrives later is refused."""
    parcel = find(connection, key)
    if parcel is None:
        connection.execute("INSERT OR IGNORE INTO called_off VALUES (?)", (key,))
        return True
    if parcel["status"] == "booked":
        move(connection, key, "cancelled", None)
    return parcel["status"] in {"booked", "cancelled"}


def advance(connection: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """Move the parcel one step on its way; None if it has arrived, or never leaves."""
    parcel = find(connection, key)
    if parcel is None:
        raise Refusal(404, "unknown_key", "No parcel was booked under this key.")
    if parcel["status"] == "booked":
        return move(connection, key, "dispatched", time.time() + parcel["delivery_seconds"])
    return move(connection, key, "delivered", None) if parcel["status"] == "dispatched" else None


def _same(parcel: sqlite3.Row, wanted: Booking) -> sqlite3.Row:
    booked = (parcel["order_id"], parcel["country"], parcel["method"], parcel["weight_grams"])
    if booked != (wanted.order_id, wanted.address.country, wanted.method, wanted.weight_grams):
        raise Refusal(422, "key_reused", "This key was used for another parcel.")
    return parcel


def _demand_service(wanted: Booking) -> None:
    if wanted.weight_grams <= 0:
        raise Refusal(422, "invalid_request", "A parcel weighs something.")
    if wanted.address.country not in ZONES:
        raise Refusal(422, "no_service", "We do not deliver to this country.")
    if wanted.address.postal_code == UNDELIVERABLE:
        raise Refusal(422, "no_service", "We can not find this postal code.")
