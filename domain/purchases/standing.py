"""How a purchase moves along its three axes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from domain.purchases.errors import PurchaseCannotMove
from domain.purchases.status import (
    MONEY_BEHIND,
    MONEY_MOVES,
    PURCHASE_BEHIND,
    PURCHASE_MOVES,
    STORE_BEHIND,
    STORE_MOVES,
    MoneyStatus,
    PurchaseStatus,
    StoreStatus,
)
from domain.shared.events import Aggregate

Status = TypeVar("Status", PurchaseStatus, MoneyStatus, StoreStatus)
Table = Mapping[Status, frozenset[Status]]


@dataclass(kw_only=True, slots=True)
class Standing(Aggregate):
    """Where a purchase stands. Each move answers True when something changed, False on a repetition, and
    raises `PurchaseCannotMove` where the table has no such move.
    """

    status: PurchaseStatus = PurchaseStatus.RECEIVED
    money: MoneyStatus = MoneyStatus.PENDING
    store: StoreStatus = StoreStatus.NOT_ASKED

    def _move(self, status: PurchaseStatus) -> bool:
        if moved := _moves(self.status, status, PURCHASE_MOVES, PURCHASE_BEHIND, "purchase"):
            self.status = status
        return moved

    def _pay(self, status: MoneyStatus) -> bool:
        if moved := _moves(self.money, status, MONEY_MOVES, MONEY_BEHIND, "payment"):
            self.money = status
        return moved

    def _order(self, status: StoreStatus) -> bool:
        if moved := _moves(self.store, status, STORE_MOVES, STORE_BEHIND, "order at the store"):
            self.store = status
        return moved


def _moves(now: Status, wanted: Status, moves: Table[Status], behind: Table[Status], what: str) -> bool:
    if wanted is now or wanted in behind.get(now, ()):
        return False
    if wanted not in moves[now]:
        raise PurchaseCannotMove(f"The {what} is {now} and cannot become {wanted}.")
    return True
