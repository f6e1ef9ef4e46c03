"""Orders in memory, with the read side and the news."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import datetime

from application.orders.views import (
    CheckoutFacts,
    LineView,
    OrderOutcome,
    OrderSummary,
    OrderView,
    RefundView,
    TimelineView,
)
from domain.orders.errors import OrderNotFound
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.orders.refund import RefundStatus
from domain.orders.status import TERMINAL, OrderStatus
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import OrderId, RefundId, UserId
from domain.shared.timeline import TimelineEntry


class InMemoryOrders:
    """The `Orders` and the `OrderViews` port in one; keeps the events as the outbox would."""

    def __init__(self) -> None:
        self._orders: dict[OrderId, Order] = {}
        self._particulars: dict[OrderId, Particulars] = {}
        self.stories: dict[OrderId, list[TimelineEntry]] = {}
        self.events: list[DomainEvent] = []

    async def add(self, order: Order, particulars: Particulars) -> None:
        self._particulars[order.id] = particulars
        self.stories[order.id] = []
        self._keep(order)

    async def get(self, order_id: OrderId) -> Order:
        return deepcopy(self._found(order_id))

    async def save(self, order: Order) -> None:
        if order.version != self._found(order.id).version:
            raise StaleVersion("The order changed since it was read.")
        order.version += 1
        self._keep(order)

    async def owner(self, order_id: OrderId) -> UserId:
        return self._found(order_id).user_id

    async def particulars(self, order_id: OrderId) -> Particulars:
        self._found(order_id)
        return self._particulars[order_id]

    async def outcome(self, order_id: OrderId) -> OrderOutcome:
        order = self._found(order_id)
        return OrderOutcome(
            order_id=order.id,
            status=order.status.value,
            payment_status=order.payment.value,
            fulfilment_status=order.fulfilment.value,
            total=order.total,
            action_url=order.action_url,
            ended_because=order.ended_because,
        )

    async def facts(self, order_id: OrderId) -> CheckoutFacts:
        order = self._found(order_id)
        return CheckoutFacts(
            order_id=order.id,
            user_id=order.user_id,
            status=order.status.value,
            total=order.total,
            digital=order.digital,
            hold_expires_at=order.hold_expires_at,
            shipping_method=order.shipping_method,
            isbns=sorted({line.isbn for line in order.lines}),
            contents=[f"{line.quantity} x {line.title} ({line.format})" for line in order.lines],
        )

    async def one(self, order_id: OrderId, user_id: UserId | None) -> OrderView:
        order = self._found(order_id)
        if user_id is not None and order.user_id != user_id:
            raise OrderNotFound("There is no such order.")
        return _view(order, await self.timeline_after(order_id, 0))

    async def of_reader(self, user_id: UserId, *, before: OrderId | None, limit: int) -> list[OrderSummary]:
        mine = [order for order in self._orders.values() if order.user_id == user_id]
        older = [order for order in mine if before is None or order.id < before]
        return [_summary(order) for order in sorted(older, key=lambda o: o.id, reverse=True)[:limit]]

    async def timeline_after(self, order_id: OrderId, last_seen: int) -> list[TimelineView]:
        story = enumerate(self.stories[order_id], start=1)
        return [
            TimelineView(id=number, at=entry.at, kind=entry.kind.value, text=entry.text)
            for number, entry in story
            if number > last_seen
        ]

    async def open_since(self, before: datetime, limit: int, *, after: OrderId | None) -> list[OrderId]:
        waiting = [o for o in self._orders.values() if o.status not in TERMINAL and o.placed_at < before]
        return sorted(order.id for order in waiting if after is None or order.id > after)[:limit]

    async def refunds_waiting_since(self, before: datetime, limit: int) -> list[tuple[OrderId, RefundId]]:
        waiting = [
            (refund.requested_at, refund.order_id, refund.id)
            for order in self._orders.values()
            for refund in order.refunds
            if refund.status is RefundStatus.REQUESTED and refund.requested_at < before
        ]
        return [(order_id, refund_id) for _, order_id, refund_id in sorted(waiting)][:limit]

    def of(self, user_id: UserId) -> list[OrderId]:
        """Every order of the reader."""
        return [order.id for order in self._orders.values() if order.user_id == user_id]

    def all_ended(self) -> bool:
        """No order is still on its way."""
        return all(OrderStatus(order.status) in TERMINAL for order in self._orders.values())

    def _found(self, order_id: OrderId) -> Order:
        if order_id not in self._orders:
            raise OrderNotFound("There is no such order.")
        return self._orders[order_id]

    def _keep(self, order: Order) -> None:
        self.events += order.drain_events()
        self.stories[order.id] += order.drain_story()
        self._orders[order.id] = deepcopy(order)


class ListeningInMemory:
    """The `OrderNews` port."""

    def __init__(self) -> None:
        self._heard = asyncio.Condition()

    async def tell(self, order_id: OrderId) -> None:
        async with self._heard:
            self._heard.notify_all()

    @asynccontextmanager
    async def listen(self, order_id: OrderId) -> AsyncIterator["ListeningInMemory"]:
        yield self

    async def wait(self, at_most: float) -> None:
        async def hear() -> None:
            async with self._heard:
                await self._heard.wait()

        await asyncio.wait([asyncio.ensure_future(hear())], timeout=at_most)


def _summary(order: Order) -> OrderSummary:
    return OrderSummary(
        order_id=order.id,
        status=order.status.value,
        payment_status=order.payment.value,
        fulfilment_status=order.fulfilment.value,
        total=order.total,
        placed_at=order.placed_at,
        books=sum(line.quantity for line in order.lines),
    )


def _view(order: Order, timeline: list[TimelineView]) -> OrderView:
    return OrderView(
        order_id=order.id,
        status=order.status.value,
        payment_status=order.payment.value,
        fulfilment_status=order.fulfilment.value,
        total=order.total,
        shipping_method=order.shipping_method,
        shipping=order.shipping,
        shipping_tax=order.shipping_tax,
        coupon=order.coupon,
        placed_at=order.placed_at,
        action_url=order.action_url,
        tracking_number=order.tracking_number,
        needs_attention=order.needs_attention,
        ended_because=order.ended_because,
        process=f"order-{order.id}",
        lines=[
            LineView(
                book_id=line.book_id,
                isbn=line.isbn,
                title=line.title,
                format=line.format,
                quantity=line.quantity,
                unit_price=line.unit_price,
                discount=line.discount,
                tax=line.tax,
                total=line.total,
            )
            for line in order.lines
        ],
        refunds=[
            RefundView(
                refund_id=refund.id,
                status=refund.status.value,
                amount=refund.amount,
                reason=refund.reason,
                requested_at=refund.requested_at,
            )
            for refund in sorted(order.refunds, key=lambda refund: refund.requested_at)
        ],
        timeline=timeline,
    )
