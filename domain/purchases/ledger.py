"""Every cent of a purchase, double entry: each line takes from one account what it gives to another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.shared.ids import PurchaseId
from domain.shared.money import Money


class Account(StrEnum):
    """Between whom money moves."""

    CARD = "card"  # the reader's
    HELD = "held"  # reserved on it
    SHOP = "shop"  # taken by us, and not yet passed on
    STORE = "store"  # the bookstore's
    HOUSE = "house"  # our own pocket: what a store kept without having a right to it


class Movement(StrEnum):
    """What happened."""

    AUTHORISED = "authorised"
    VOIDED = "voided"
    CAPTURED = "captured"
    REFUNDED = "refunded"
    STORE_PAID = "store_paid"
    STORE_REFUNDED = "store_refunded"
    WRITTEN_OFF = "written_off"
    RECOVERED = "recovered"  # of what was written off before


ROUTES: Final[Mapping[Movement, tuple[Account, Account]]] = {
    Movement.AUTHORISED: (Account.CARD, Account.HELD),
    Movement.VOIDED: (Account.HELD, Account.CARD),
    Movement.CAPTURED: (Account.HELD, Account.SHOP),
    Movement.REFUNDED: (Account.SHOP, Account.CARD),
    Movement.STORE_PAID: (Account.SHOP, Account.STORE),
    Movement.STORE_REFUNDED: (Account.STORE, Account.SHOP),
    Movement.WRITTEN_OFF: (Account.HOUSE, Account.SHOP),
    Movement.RECOVERED: (Account.SHOP, Account.HOUSE),
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement, never changed. `key` is unique: the same change is never booked twice. `reference` is the
    provider's or the store's own name for it.
    """

    purchase_id: PurchaseId
    key: str
    movement: Movement
    amount: Money
    reference: str | None
    at: datetime

    @property
    def taken_from(self) -> Account:
        """Whose balance falls."""
        return ROUTES[self.movement][0]

    @property
    def given_to(self) -> Account:
        """Whose balance rises by the same."""
        return ROUTES[self.movement][1]


def balances(lines: Iterable[LedgerLine]) -> dict[Account, int]:
    """Minor units on each account; they add up to zero by the very shape of a line."""
    found = dict.fromkeys(Account, 0)
    for line in lines:
        found[line.taken_from] -= line.amount.amount
        found[line.given_to] += line.amount.amount
    return found


def is_settled(lines: Iterable[LedgerLine]) -> bool:
    """Nothing is held and nothing stays with us: what the reader paid, and no more, is with the store."""
    found = balances(lines)
    return found[Account.HELD] == 0 and found[Account.SHOP] == 0
