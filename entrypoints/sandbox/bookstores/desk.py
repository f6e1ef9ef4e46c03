"""The rules of an order desk. Each function runs inside one transaction of the journal."""

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from typing import Final

from domain.prices.offer import Condition
from domain.shipping.zones import ZONES
from entrypoints.sandbox.bookstores import orders
from entrypoints.sandbox.bookstores.mischief import spoil
from entrypoints.sandbox.bookstores.orders import Order, Sale
from entrypoints.sandbox.bookstores.refusals import no_such_offer, no_such_order, not_understood
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.bookstores.store import Store
from entrypoints.sandbox.shared.faults import Effect, Faults
from entrypoints.sandbox.shared.serving import Refusal

LONGEST_KEY: Final = 255  # as the payment provider's
UNDELIVERABLE: Final = "00000"  # the postal code no driver ever finds


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Read, judged and forgotten; the ledger keeps the country."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One copy of that offer, for `expected_total` minor units of `currency` at most."""

    key: str
    offer_id: str
    isbn: str
    expected_total: int
    currency: str
    address: Address

    def __post_init__(self) -> None:
        if not 1 <= len(self.key) <= LONGEST_KEY:
            raise not_understood(f"An order has a key of 1 to {LONGEST_KEY} characters.")

    @property
    def fingerprint(self) -> str:
        """Equal orders, equal fingerprints. Of the address only this is kept."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()


def place(
    connection: sqlite3.Connection, store: Store, wanted: Wanted, offer: Listed | None, faults: Faults
) -> tuple[Order, bool]:
    """Sell the copy. The order, and whether it is new: a desk that knows its keys takes none twice."""
    known = orders.standing(connection, store.name, wanted.key) if store.desk.idempotent else []
    if known:
        if known[0].fingerprint != wanted.fingerprint:
            raise Refusal(409, "key_reused", "This key was used for another order.")
        return known[0], False
    operation = f"{store.name}/order"
    sold = _charged(operation, wanted, _agreed(operation, wanted, offer, faults), faults)
    times = 2 if faults.take(operation, Effect.ORDER_TWICE) else 1
    for _ in range(times):
        _write(connection, store, wanted, sold)
    return orders.standing(connection, store.name, wanted.key)[-times], True


def cancel(connection: sqlite3.Connection, store: Store, key: str, order_id: str | None) -> list[Order]:
    """Give back what is left of the order, or of every one under the key. Repeating it changes nothing."""
    for order in _meant(connection, store, key, order_id):
        if order.status != "cancelled":
            orders.move(connection, order, "cancel", order.charged - order.refunded)
    return _meant(connection, store, key, order_id)


def refund(
    connection: sqlite3.Connection, store: Store, key: str, order_id: str | None, amount: int
) -> list[Order]:
    """Give a part of an order back, once."""
    for order in _meant(connection, store, key, order_id):
        if order.status == "refunded" and order.refunded == amount:
            continue
        if order.status != "accepted" or not 0 < amount <= order.charged:
            raise Refusal(409, "refused", "There is not that much left to give back.")
        orders.move(connection, order, "refund", amount)
    return _meant(connection, store, key, order_id)


def _agreed(operation: str, wanted: Wanted, offer: Listed | None, faults: Faults) -> Listed:
    """The offer as it can be had now, if that is what is wanted."""
    if wanted.address.country not in ZONES or wanted.address.postal_code == UNDELIVERABLE:
        raise Refusal(422, "no_service", "We do not deliver there.")
    if offer is None or offer.isbn != wanted.isbn:
        raise no_such_offer()
    (offer,) = spoil(operation, faults, [offer])
    if not offer.availability.can_be_bought:
        raise Refusal(409, "out_of_stock", "It cannot be had now.")
    if offer.currency != wanted.currency or offer.total > wanted.expected_total:
        raise Refusal(409, "price_changed", f"It costs {offer.total} {offer.currency} in all now.")
    return offer


def _charged(operation: str, wanted: Wanted, offer: Listed, faults: Faults) -> Listed:
    """The offer as it is charged and sent, which is the same unless something goes wrong."""
    if faults.take(operation, Effect.OVERCHARGED):
        offer = offer.dearer()
    if faults.take(operation, Effect.WRONG_OFFER):
        offer = replace(offer, id=f"{wanted.offer_id}0", condition=Condition.ACCEPTABLE)
    return offer


def _write(connection: sqlite3.Connection, store: Store, wanted: Wanted, sold: Listed) -> None:
    sale = Sale(
        store=store.name,
        key=wanted.key,
        fingerprint=wanted.fingerprint,
        offer_id=sold.id,
        isbn=sold.isbn,
        condition=sold.condition.value,
        seller=sold.seller,
        item=sold.item,
        shipping=sold.shipping,
        tax=sold.tax,
        currency=sold.currency,
        expected_total=wanted.expected_total,
        country=wanted.address.country,
    )
    orders.add(connection, sale)


def _meant(connection: sqlite3.Connection, store: Store, key: str, order_id: str | None) -> list[Order]:
    found = orders.standing(connection, store.name, key)
    meant = [order for order in found if order_id in {None, order.id}]
    if not meant:
        raise no_such_order()
    return meant
