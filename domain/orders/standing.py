"""How an order moves along its three axes."""

from dataclasses import dataclass

from domain.orders.errors import IllegalMove
from domain.orders.status import (
    FULFILMENT_MOVES,
    ORDER_MOVES,
    PAYMENT_MOVES,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from domain.shared.events import Aggregate


@dataclass(kw_only=True, slots=True)
class Standing(Aggregate):
    """Where an order stands. Each move answers True when something changed, False on a repetition, and
    raises `IllegalMove` where the table has no such move.
    """

    status: OrderStatus = OrderStatus.PENDING
    payment: PaymentStatus = PaymentStatus.PENDING
    fulfilment: FulfilmentStatus = FulfilmentStatus.UNFULFILLED

    def _move(self, status: OrderStatus) -> bool:
        if status is self.status:
            return False
        if status not in ORDER_MOVES[self.status]:
            raise IllegalMove(f"An order that is {self.status} cannot become {status}.")
        self.status = status
        return True

    def _pay(self, status: PaymentStatus) -> bool:
        if status is self.payment:
            return False
        if status not in PAYMENT_MOVES[self.payment]:
            raise IllegalMove(f"A payment that is {self.payment} cannot become {status}.")
        self.payment = status
        return True

    def _fulfil(self, status: FulfilmentStatus) -> bool:
        if status is self.fulfilment:
            return False
        if status not in FULFILMENT_MOVES[self.fulfilment]:
            raise IllegalMove(f"A parcel that is {self.fulfilment} cannot become {status}.")
        self.fulfilment = status
        return True
