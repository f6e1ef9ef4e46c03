"""Stock: the counters that sell, the ledger that explains them, and the holds in between."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import BookFacts, OrderFacts
from domain.inventory.hold import HoldState
from domain.orders.status import ENDED_WITHOUT_BOOKS, FulfilmentStatus, OrderStatus

# The process gives a lapsed hold back itself, housekeeping does so five minutes later at the latest.
LAPSED_FOR_TOO_LONG: Final = timedelta(minutes=10)
_OPEN: Final = (HoldState.HELD, HoldState.COMMITTED)
_SOLD: Final = (HoldState.COMMITTED, HoldState.SHIPPED)
_GONE: Final = frozenset({FulfilmentStatus.DISPATCHED, FulfilmentStatus.DELIVERED})


def _follows_its_ledger(book: BookFacts) -> Iterator[str]:
    if book.on_hand != book.moved_on_hand:
        yield f"{book.on_hand} copies on hand, but its movements add up to {book.moved_on_hand}"
    if book.held != book.moved_held:
        yield f"{book.held} copies held, but its movements add up to {book.moved_held}"


def _within_bounds(book: BookFacts) -> Iterator[str]:
    if not 0 <= book.held <= book.on_hand:
        yield f"{book.held} copies held of {book.on_hand} on hand"


def _held_by_holds(book: BookFacts) -> Iterator[str]:
    if book.held != book.in_open_holds:
        yield f"{book.held} copies held, but its open holds add up to {book.in_open_holds}"


def _in_time(order: OrderFacts) -> Iterator[str]:
    for hold in order.holds:
        late = order.read_at - hold.expires_at
        if hold.state is HoldState.HELD and late > LAPSED_FOR_TOO_LONG:
            yield f"still holds {hold.quantity} of {hold.book_id}, {_minutes(late)} after the hold lapsed"


def _given_back(order: OrderFacts) -> Iterator[str]:
    if order.status in ENDED_WITHOUT_BOOKS:
        for book, copies in order.set_aside(*_OPEN, HoldState.SHIPPED).items():
            yield f"is {order.status}, but {copies} of {book} did not go back to the shelf"


def _really_set_aside(order: OrderFacts) -> Iterator[str]:
    states: tuple[HoldState, ...]
    match order.status:
        case OrderStatus.CONFIRMED | OrderStatus.COMPLETED:
            states = (HoldState.SHIPPED,) if order.fulfilment in _GONE else _SOLD
        case OrderStatus.PENDING:
            states = tuple(HoldState)  # a lapsed hold is taken again when the payment comes
        case _:
            return
    found = order.set_aside(*states)
    if found != order.copies:
        yield (
            f"is {order.status} and {order.fulfilment} with {sum(order.copies.values())} printed copies, "
            f"but its stock accounts for {sum(found.values())}"
        )


def _minutes(time: timedelta) -> str:
    return f"{time // timedelta(minutes=1)} min"


OF_BOOKS: Final = (
    Check(
        "counters-follow-the-ledger",
        Area.STOCK,
        "A book's counters are the sum of its movements.",
        _follows_its_ledger,
    ),
    Check("never-oversold", Area.STOCK, "0 ≤ held ≤ on hand.", _within_bounds),
    Check("held-by-holds", Area.STOCK, "What is held is held by open holds, copy for copy.", _held_by_holds),
)
OF_ORDERS: Final = (
    Check("no-hold-outlives-its-time", Area.STOCK, "A lapsed hold goes back to the shelf.", _in_time),
    Check("ended-holds-nothing", Area.STOCK, "An order without books sets no copies aside.", _given_back),
    Check(
        "sold-is-set-aside",
        Area.STOCK,
        "An order's copies are held, then committed, then shipped.",
        _really_set_aside,
    ),
)
