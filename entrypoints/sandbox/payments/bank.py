"""The provider's rules. Each function runs inside one transaction of the journal."""

import secrets
import sqlite3
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from entrypoints.sandbox.payments.ledger import Movement, moved, write
from entrypoints.sandbox.payments.standing import by_reference, find, move, refuse_abandoned
from entrypoints.sandbox.payments.tokens import Kind, kind_of
from entrypoints.sandbox.shared.serving import Refusal

DECLINES: Final = {
    "declined": "The bank declined the card.",
    "insufficient_funds": "There is not enough money on the card.",
    "invalid_token": "The provider does not know this token.",
    "authentication_failed": "The reader did not confirm the payment with the bank.",
}
_DECLINING: Final = {
    None: "invalid_token",
    Kind.DECLINED: "declined",
    Kind.INSUFFICIENT_FUNDS: "insufficient_funds",
}


class Answer(NamedTuple):
    """What the caller hears, and hears again whenever it repeats the key."""

    status: int
    document: Mapping[str, Any]


class Authorisation(msgspec.Struct, forbid_unknown_fields=True):
    """Reserve `amount` minor units of `currency` on what `token` stands for."""

    order_id: str
    amount: int
    currency: str
    token: str


def authorise(connection: sqlite3.Connection, key: str, wanted: Authorisation) -> sqlite3.Row:
    """Reserve the money, decline it, or ask for a confirmation; refused if the key was abandoned before."""
    refuse_abandoned(connection, key)
    kind = kind_of(connection, wanted.token)
    reason = _DECLINING.get(kind)
    status = "declined" if reason else "authorised"
    if kind is Kind.CONFIRMATION_REQUIRED:
        status = "action_required"
    reference = f"pay_{secrets.token_hex(12)}"
    connection.execute(
        "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?)",
        (key, reference, wanted.order_id, wanted.amount, wanted.currency, status, reason),
    )
    payment = by_reference(connection, reference)
    _note_outcome(connection, payment)
    return payment


def decide(connection: sqlite3.Connection, reference: str, *, confirmed: bool) -> tuple[sqlite3.Row, bool]:
    """The reader confirmed or denied at the bank; only the first decision counts (the flag: it did)."""
    payment = by_reference(connection, reference)
    if payment["status"] != "action_required":
        return payment, False
    status, reason = ("authorised", None) if confirmed else ("declined", "authentication_failed")
    move(connection, payment, status, reason)
    decided = by_reference(connection, reference)
    _note_outcome(connection, decided)
    return decided, True


def capture(connection: sqlite3.Connection, key: str, reference: str, amount: int, currency: str) -> Answer:
    """Take up to what was reserved. The first capture is the only one: what it leaves is released."""
    payment = _in_currency(by_reference(connection, reference), currency)
    if payment["status"] != "authorised":
        raise Refusal(400, "refused", f"This payment is {payment['status']}; it can not be captured.")
    if amount > payment["amount"]:
        raise Refusal(400, "refused", f"Only {payment['amount']} was authorised.")
    write(connection, Movement.CAPTURE, key, payment, amount)
    if amount < payment["amount"]:
        write(connection, Movement.VOID, key, payment, payment["amount"] - amount)
    move(connection, payment, "captured")
    return Answer(201, {"reference": reference, "status": "captured", "amount": amount, "currency": currency})


def void(connection: sqlite3.Connection, key: str, reference: str) -> Answer:
    """Release what was reserved and not taken."""
    payment = by_reference(connection, reference)
    if payment["status"] != "authorised":
        raise Refusal(400, "refused", f"This payment is {payment['status']}; there is nothing to void.")
    write(connection, Movement.VOID, key, payment, payment["amount"])
    move(connection, payment, "voided")
    return Answer(201, {"reference": reference, "status": "voided"})


def refund(connection: sqlite3.Connection, key: str, reference: str, amount: int, currency: str) -> Answer:
    """Give back part or all of what was taken, never more; equal refunds under two keys are two refunds."""
    payment = _in_currency(by_reference(connection, reference), currency)
    left = _refundable(connection, reference)
    if amount > left:
        raise Refusal(400, "refused", f"Only {left} can still be refunded.")
    write(connection, Movement.REFUND, key, payment, amount)
    document = {"reference": f"ref_{secrets.token_hex(12)}", "payment": reference, "status": "refunded"}
    return Answer(201, {**document, "amount": amount, "currency": currency})


def abandon(connection: sqlite3.Connection, key: str) -> None:
    """Leave no money reserved or taken under this key, now or when its authorisation arrives late."""
    connection.execute("INSERT OR IGNORE INTO abandoned VALUES (?)", (key,))
    payment = find(connection, key)
    if payment is None:
        return
    if payment["status"] == "action_required":
        move(connection, payment, "declined", "authentication_failed")
    if payment["status"] == "authorised":
        write(connection, Movement.VOID, key, payment, payment["amount"])
        move(connection, payment, "voided")
    left = _refundable(connection, payment["reference"])
    if left:
        write(connection, Movement.REFUND, key, payment, left)


def _note_outcome(connection: sqlite3.Connection, payment: sqlite3.Row) -> None:
    kinds = {"authorised": Movement.AUTHORISE, "declined": Movement.DECLINE}
    if payment["status"] in kinds:
        write(connection, kinds[payment["status"]], payment["key"], payment, payment["amount"])


def _refundable(connection: sqlite3.Connection, reference: str) -> int:
    taken = moved(connection, Movement.CAPTURE, reference)
    return taken - moved(connection, Movement.REFUND, reference)


def _in_currency(payment: sqlite3.Row, currency: str) -> sqlite3.Row:
    if payment["currency"] != currency:
        raise Refusal(400, "refused", f"This payment is in {payment['currency']}.")
    return payment
