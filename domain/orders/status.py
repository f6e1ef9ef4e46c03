"""Where an order stands, on three axes that move independently, and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    """The promise between reader and shop."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PaymentStatus(StrEnum):
    """The money. RELEASED: nothing is held and nothing was taken."""

    PENDING = "pending"
    ACTION_REQUIRED = "action_required"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    DECLINED = "declined"
    RELEASED = "released"


class FulfilmentStatus(StrEnum):
    """The books."""

    UNFULFILLED = "unfulfilled"
    BOOKED = "booked"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the tables.
ORDER_MOVES: Final[Mapping[OrderStatus, frozenset[OrderStatus]]] = {
    OrderStatus.PENDING: frozenset(
        {OrderStatus.CONFIRMED, OrderStatus.DECLINED, OrderStatus.CANCELLED, OrderStatus.EXPIRED}
    ),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELLED}),
    OrderStatus.COMPLETED: frozenset(),
    OrderStatus.DECLINED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
    OrderStatus.EXPIRED: frozenset(),
}

PAYMENT_MOVES: Final[Mapping[PaymentStatus, frozenset[PaymentStatus]]] = {
    PaymentStatus.PENDING: frozenset(
        {
            PaymentStatus.ACTION_REQUIRED,
            PaymentStatus.AUTHORISED,
            PaymentStatus.DECLINED,
            PaymentStatus.RELEASED,
        }
    ),
    PaymentStatus.ACTION_REQUIRED: frozenset(
        {PaymentStatus.AUTHORISED, PaymentStatus.DECLINED, PaymentStatus.RELEASED}
    ),
    PaymentStatus.AUTHORISED: frozenset({PaymentStatus.CAPTURED, PaymentStatus.RELEASED}),
    # RELEASED after CAPTURED: a cancellation met money already taken, and all of it went back.
    PaymentStatus.CAPTURED: frozenset(
        {PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED, PaymentStatus.RELEASED}
    ),
    PaymentStatus.PARTIALLY_REFUNDED: frozenset({PaymentStatus.REFUNDED}),
    PaymentStatus.REFUNDED: frozenset(),
    PaymentStatus.DECLINED: frozenset(),
    PaymentStatus.RELEASED: frozenset(),
}

FULFILMENT_MOVES: Final[Mapping[FulfilmentStatus, frozenset[FulfilmentStatus]]] = {
    # DISPATCHED straight from UNFULFILLED: an operator has booked the parcel by hand.
    FulfilmentStatus.UNFULFILLED: frozenset(
        {
            FulfilmentStatus.BOOKED,
            FulfilmentStatus.DISPATCHED,
            FulfilmentStatus.DELIVERED,
            FulfilmentStatus.CANCELLED,
        }
    ),
    # DELIVERED straight from BOOKED: the carrier's news of the dispatch was lost on the way.
    FulfilmentStatus.BOOKED: frozenset(
        {FulfilmentStatus.DISPATCHED, FulfilmentStatus.DELIVERED, FulfilmentStatus.CANCELLED}
    ),
    FulfilmentStatus.DISPATCHED: frozenset({FulfilmentStatus.DELIVERED}),
    FulfilmentStatus.DELIVERED: frozenset(),
    FulfilmentStatus.CANCELLED: frozenset(),
}

TERMINAL: Final = frozenset(status for status, moves in ORDER_MOVES.items() if not moves)
ENDED_WITHOUT_BOOKS: Final = TERMINAL - {OrderStatus.COMPLETED}

# A step may be repeated after later ones were taken (a process that lost its memory takes it again): asking
# for a status that plainly lies behind is a repetition, not a mistake.
ORDER_BEHIND: Final[Mapping[OrderStatus, frozenset[OrderStatus]]] = {
    OrderStatus.COMPLETED: frozenset({OrderStatus.CONFIRMED}),
}
PAYMENT_BEHIND: Final[Mapping[PaymentStatus, frozenset[PaymentStatus]]] = {
    PaymentStatus.AUTHORISED: frozenset({PaymentStatus.ACTION_REQUIRED}),
    PaymentStatus.CAPTURED: frozenset({PaymentStatus.ACTION_REQUIRED, PaymentStatus.AUTHORISED}),
    PaymentStatus.PARTIALLY_REFUNDED: frozenset(
        {PaymentStatus.ACTION_REQUIRED, PaymentStatus.AUTHORISED, PaymentStatus.CAPTURED}
    ),
    PaymentStatus.REFUNDED: frozenset(
        {
            PaymentStatus.ACTION_REQUIRED,
            PaymentStatus.AUTHORISED,
            PaymentStatus.CAPTURED,
            PaymentStatus.PARTIALLY_REFUNDED,
        }
    ),
}
FULFILMENT_BEHIND: Final[Mapping[FulfilmentStatus, frozenset[FulfilmentStatus]]] = {
    FulfilmentStatus.DISPATCHED: frozenset({FulfilmentStatus.BOOKED}),
    FulfilmentStatus.DELIVERED: frozenset({FulfilmentStatus.BOOKED, FulfilmentStatus.DISPATCHED}),
}
