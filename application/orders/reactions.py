"""What the shop does about its own order events."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from application.books.sales import Sales
from application.carts.remove_ordered import RemoveOrdered
from application.orders.process import OrderProcesses
from application.orders.views import OrderViews
from application.outbox.ports import WaitingEvent
from application.shared.measurements import Measurements
from domain.orders.status import OrderStatus
from domain.shared.clock import Clock
from domain.shared.ids import BookId, OrderId, RefundId, UserId

# The front door starts the process itself and mostly has the outcome by then; starting twice is harmless
# but not free.
FRONT_DOOR_FIRST: Final = timedelta(seconds=1)


class StartCheckout:
    """An order that still waits after a moment gets its process: so none is lost when the front door dies
    between commit and start, and none when it has no time.
    """

    def __init__(self, processes: OrderProcesses, views: OrderViews, clock: Clock) -> None:
        self._processes = processes
        self._views = views
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_created`."""
        if self._clock.now() - event.occurred_at < FRONT_DOOR_FIRST:
            return False
        order_id = OrderId(event.aggregate_id)
        outcome = await self._views.outcome(order_id)
        if outcome.status == OrderStatus.PENDING:
            await self._processes.start_checkout(order_id)
        return True


class StartRefund:
    """A refund that staff decided gets its process."""

    def __init__(self, processes: OrderProcesses) -> None:
        self._processes = processes

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `refund_requested`."""
        refund_id = RefundId(UUID(_text(event.payload, "refund_id")))
        await self._processes.start_refund(OrderId(event.aggregate_id), refund_id)
        return True


class EmptyCart:
    """What a confirmed order bought leaves the cart, if the confirmation itself could not do it."""

    def __init__(self, remove_ordered: RemoveOrdered, views: OrderViews) -> None:
        self._remove_ordered = remove_ordered
        self._views = views

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_confirmed`."""
        order_id = OrderId(event.aggregate_id)
        order = await self._views.one(order_id, None)
        copies: Counter[BookId] = Counter()
        for line in order.lines:
            copies[line.book_id] += line.quantity
        user_id = UserId(UUID(_text(event.payload, "user_id")))
        await self._remove_ordered(user_id, order_id, copies)
        return True


class CountSales:
    """What was bought counts towards the bestsellers, once."""

    def __init__(self, sales: Sales) -> None:
        self._sales = sales

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_confirmed`."""
        await self._sales.count(OrderId(event.aggregate_id))
        return True


class TakeBackSales:
    """What was called off before it left the house was not sold: nobody makes a bestseller by ordering and
    cancelling. Copies that come back later were sold, and still count.
    """

    def __init__(self, sales: Sales) -> None:
        self._sales = sales

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_ended`."""
        await self._sales.take_back(OrderId(event.aggregate_id))
        return True


class CountOutcome:
    """Checkouts are counted from their events, wherever they came to their outcome. Comes last, so that an
    event that must wait for another reaction is not counted twice.
    """

    def __init__(self, measurements: Measurements) -> None:
        self._measurements = measurements

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_confirmed` and `order_ended`."""
        self._measurements.checkout_finished(str(event.payload.get("status", "confirmed")))
        return True


def _text(payload: Mapping[str, object], name: str) -> str:
    return str(payload[name])
