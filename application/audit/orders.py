"""Orders: each comes to an end, says one thing on all its axes, and has answered its reader once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import OrderFacts, OutboxFacts, RequestFacts, StrayFacts
from domain.orders.status import (
    ENDED_WITHOUT_BOOKS,
    TERMINAL,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)

# Longer than a hold lasts and its ending takes: nothing but a fault keeps an order so long in our hands.
STUCK_AFTER: Final = timedelta(minutes=30)
# In the carrier's hands it takes as long as parcels take; after this somebody should call them.
LOST_AFTER: Final = timedelta(days=30)
# The relay looks twenty times a second and waits a second after trouble: more is not a delay, it is a fault.
LATE_AFTER: Final = timedelta(minutes=1)
_ON_ITS_WAY: Final = frozenset({FulfilmentStatus.BOOKED, FulfilmentStatus.DISPATCHED})
_UNPAID_ENDS: Final = frozenset({PaymentStatus.DECLINED, PaymentStatus.RELEASED})
_PAID_ENDS: Final = frozenset(
    {PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED}
)
_HANDS: Final = {True: ("with the carrier", LOST_AFTER), False: ("with us", STUCK_AFTER)}


def _moves(order: OrderFacts) -> Iterator[str]:
    where, limit = _HANDS[order.fulfilment in _ON_ITS_WAY]
    if order.status not in TERMINAL and order.age > limit:
        minutes = order.age // timedelta(minutes=1)
        yield f"has been {order.status} and {order.fulfilment} {where} for {minutes} min"


def _needs_nobody(order: OrderFacts) -> Iterator[str]:
    if order.needs_attention is not None:
        yield f"waits for an operator: {order.needs_attention}"


def _agrees_with_itself(order: OrderFacts) -> Iterator[str]:
    axes = f"is {order.status}, {order.payment} and {order.fulfilment}"
    if order.status in ENDED_WITHOUT_BOOKS:
        if order.payment not in _UNPAID_ENDS or order.fulfilment is not FulfilmentStatus.CANCELLED:
            yield axes
    elif order.status is OrderStatus.COMPLETED and (
        order.payment not in _PAID_ENDS or order.fulfilment is not FulfilmentStatus.DELIVERED
    ):
        yield axes


def _adds_up(order: OrderFacts) -> Iterator[str]:
    if order.total != order.parts:
        yield f"total {order.total}, but lines and shipping add up to {order.parts} {order.currency}"


def _answers_once(request: RequestFacts) -> Iterator[str]:
    if not request.order_exists:
        yield f"was answered for order {request.order_id}, which does not exist"
    if request.keys_of_order > 1:
        yield f"is one of {request.keys_of_order} keys of order {request.order_id}"
    if request.answered_order not in {None, request.order_id}:
        yield f"made order {request.order_id}, but its answer names {request.answered_order}"


def _belongs(stray: StrayFacts) -> Iterator[str]:
    yield f"{stray.table} has rows of this order, which does not exist"


def _is_published(outbox: OutboxFacts) -> Iterator[str]:
    if outbox.waiting and outbox.oldest > LATE_AFTER:
        seconds = outbox.oldest // timedelta(seconds=1)
        yield f"{outbox.waiting} events wait, the oldest for {seconds} s"


OF_ORDERS: Final = (
    Check("no-order-is-stuck", Area.ORDERS, "Every order keeps moving towards its end.", _moves),
    Check("no-order-is-parked", Area.ORDERS, "No order waits for an operator.", _needs_nobody),
    Check(
        "one-story",
        Area.ORDERS,
        "Order, payment and parcel of an ended order tell one story.",
        _agrees_with_itself,
    ),
    Check("totals-add-up", Area.ORDERS, "An order's total is the sum of its parts.", _adds_up),
)
OF_REQUESTS: Final = (
    Check(
        "one-answer-a-key", Area.ORDERS, "A request key stands for one order and one answer.", _answers_once
    ),
)
OF_STRAYS: Final = (
    Check(
        "nothing-without-its-order", Area.ORDERS, "Nothing is kept for an order that is not there.", _belongs
    ),
)
OF_OUTBOX: Final = (
    Check("events-go-out", Area.ORDERS, "No event waits longer than a minute.", _is_published),
)
