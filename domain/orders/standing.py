"""How an order moves along its three axes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from domain.orders.errors import IllegalMove
from domain.orders.status import (
    FULFILMENT_BEHIND,
    FULFILMENT_MOVES,
    ORDER_BEHIND,
    ORDER_MOVES,
    PAYMENT_BEHIND,
    PAYMENT_MOVES,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from domain.shared.events import Aggregate

_TAKEN: Final = frozenset({PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED})
_GONE: Final = frozenset({FulfilmentStatus.DISPATCHED, FulfilmentStatus.DELIVERED})

Status = TypeVar("Status", OrderStatus, PaymentStatus, FulfilmentStatus)
Table = Mapping[Status, frozenset[Status]]


@dataclass(kw_only=True, slots=True)
class Standing(Aggregate):
    """Where an order stands. Each move answers True when something changed, False on a repetition, and
    raises `IllegalMove` where the table has no such move.
    """

    status: OrderStatus = OrderStatus.PENDING
    payment: PaymentStatus = PaymentStatus.PENDING
    fulfilment: FulfilmentStatus = FulfilmentStatus.UNFULFILLED

    @property
    def called_off(self) -> bool:
        """Nobody will bring these books any more."""
        return self.fulfilment is FulfilmentStatus.CANCELLED

    def call_off(self) -> bool:
        """Close the way to the books for good. False: money was taken or books have left, it is too late."""
        if self.payment in _TAKEN or self.fulfilment in _GONE:
            return self.called_off
        self._fulfil(FulfilmentStatus.CANCELLED)
        return True

    def _move(self, status: OrderStatus) -> bool:
        if moved := _moves(self.status, status, ORDER_MOVES, ORDER_BEHIND, "order"):
            self.status = status
        return moved

    def _pay(self, status: PaymentStatus) -> bool:
        if moved := _moves(self.payment, status, PAYMENT_MOVES, PAYMENT_BEHIND, "payment"):
            self.payment = status
        return moved

    def _fulfil(self, status: FulfilmentStatus) -> bool:
        if moved := _moves(self.fulfilment, status, FULFILMENT_MOVES, FULFILMENT_BEHIND, "parcel"):
            self.fulfilment = status
        return moved


def _moves(now: Status, wanted: Status, moves: Table[Status], behind: Table[Status], what: str) -> bool:
    if wanted is now or wanted in behind.get(now, ()):
        return False
    if wanted not in moves[now]:
        raise IllegalMove(f"The {what} is {now} and cannot become {wanted}.")
    return True
