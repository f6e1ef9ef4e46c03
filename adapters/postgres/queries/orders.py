"""Orders as they are looked at: plain reads, no locks."""

from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
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
from domain.shared.ids import OrderId, RefundId, UserId
from domain.shared.money import Money

_OUTCOME: Final = Statement("""
SELECT id, status, payment_status, fulfilment_status, total, currency, action_url, ended_because
FROM orders WHERE id = %(id)s
""")
_ONE: Final = Statement("""
SELECT id, user_id, status, payment_status, fulfilment_status, total, currency, shipping_method, shipping,
       shipping_tax, coupon, placed_at, action_url, tracking_number, needs_attention, ended_because
FROM orders WHERE id = %(id)s
""")
_FACTS: Final = Statement("""
SELECT o.id, o.user_id, o.status, o.total, o.currency, o.hold_expires_at, o.shipping_method,
       bool_and(l.digital) AS digital, array_agg(DISTINCT l.isbn) AS isbns,
       array_agg(format('%%s x %%s (%%s)', l.quantity, l.title, l.format) ORDER BY l.position) AS contents
FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.id = %(id)s GROUP BY o.id
""")
_LINES: Final = Statement("""
SELECT book_id, isbn, title, format, quantity, unit_price, discount, tax
FROM order_lines WHERE order_id = %(id)s ORDER BY position
""")
_REFUNDS: Final = Statement("""
SELECT id, status, amount, reason, requested_at FROM refunds WHERE order_id = %(id)s ORDER BY requested_at
""")
_TIMELINE: Final = Statement("""
SELECT id, at, kind, text FROM order_timeline WHERE order_id = %(id)s AND id > %(after)s ORDER BY id
""")
_HISTORY: Final = Statement("""
SELECT o.id, o.status, o.payment_status, o.fulfilment_status, o.total, o.currency, o.placed_at,
       (SELECT sum(quantity) FROM order_lines l WHERE l.order_id = o.id) AS books
FROM orders o WHERE o.user_id = %(user_id)s AND o.id < %(before)s ORDER BY o.id DESC LIMIT %(limit)s
""")
_OPEN: Final = Statement("""
SELECT id FROM orders
WHERE status IN ('pending', 'confirmed') AND placed_at < %(before)s AND id > %(after)s
ORDER BY id LIMIT %(limit)s
""")
_REFUNDS_WAITING: Final = Statement("""
SELECT order_id, id FROM refunds WHERE status = 'requested' AND requested_at < %(before)s
ORDER BY requested_at LIMIT %(limit)s
""")
_BEFORE_ALL: Final = UUID(int=0)
_AFTER_ALL: Final = UUID(int=(1 << 128) - 1)


class PostgresOrderViews:
    """The `OrderViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outcome(self, order_id: OrderId) -> OrderOutcome:
        """One indexed read."""
        row = await self._database.one(_OUTCOME, id=order_id)
        if row is None:
            raise OrderNotFound("There is no such order.")
        return OrderOutcome(
            order_id=row.id,
            status=row.status,
            payment_status=row.payment_status,
            fulfilment_status=row.fulfilment_status,
            total=Money(row.total, row.currency),
            action_url=row.action_url,
            ended_because=row.ended_because,
        )

    async def facts(self, order_id: OrderId) -> CheckoutFacts:
        """One read, no lock."""
        row = await self._database.one(_FACTS, id=order_id)
        if row is None:
            raise OrderNotFound("There is no such order.")
        return CheckoutFacts(
            order_id=row.id,
            user_id=row.user_id,
            status=row.status,
            total=Money(row.total, row.currency),
            digital=row.digital,
            hold_expires_at=row.hold_expires_at,
            shipping_method=row.shipping_method,
            isbns=row.isbns,
            contents=row.contents,
        )

    async def one(self, order_id: OrderId, user_id: UserId | None) -> OrderView:
        """Somebody else's order does not exist as far as a reader is told."""
        async with self._database.connection() as connection:
            row = await connection.one(_ONE, id=order_id)
            if row is None or (user_id is not None and row.user_id != user_id):
                raise OrderNotFound("There is no such order.")
            lines = await connection.all(_LINES, id=order_id)
            refunds = await connection.all(_REFUNDS, id=order_id)
            timeline = await connection.all(_TIMELINE, id=order_id, after=0)
        return _view(row, lines, refunds, timeline)

    async def of_reader(self, user_id: UserId, *, before: OrderId | None, limit: int) -> list[OrderSummary]:
        """Ids are ordered by time, so the id is the cursor."""
        rows = await self._database.all(_HISTORY, user_id=user_id, before=before or _AFTER_ALL, limit=limit)
        return [
            OrderSummary(
                order_id=row.id,
                status=row.status,
                payment_status=row.payment_status,
                fulfilment_status=row.fulfilment_status,
                total=Money(row.total, row.currency),
                placed_at=row.placed_at,
                books=row.books,
            )
            for row in rows
        ]

    async def timeline_after(self, order_id: OrderId, last_seen: int) -> list[TimelineView]:
        """The rest of the story."""
        return [_sentence(row) for row in await self._database.all(_TIMELINE, id=order_id, after=last_seen)]

    async def open_since(self, before: datetime, limit: int, *, after: OrderId | None) -> list[OrderId]:
        """The index holds only open orders."""
        rows = await self._database.all(_OPEN, before=before, after=after or _BEFORE_ALL, limit=limit)
        return [OrderId(row.id) for row in rows]

    async def refunds_waiting_since(self, before: datetime, limit: int) -> list[tuple[OrderId, RefundId]]:
        """The index holds only what waits."""
        rows = await self._database.all(_REFUNDS_WAITING, before=before, limit=limit)
        return [(OrderId(row.order_id), RefundId(row.id)) for row in rows]


def _view(row: Row, lines: list[Row], refunds: list[Row], timeline: list[Row]) -> OrderView:
    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    return OrderView(
        order_id=row.id,
        status=row.status,
        payment_status=row.payment_status,
        fulfilment_status=row.fulfilment_status,
        total=money(row.total),
        shipping_method=row.shipping_method,
        shipping=money(row.shipping),
        shipping_tax=money(row.shipping_tax),
        coupon=row.coupon,
        placed_at=row.placed_at,
        action_url=row.action_url,
        tracking_number=row.tracking_number,
        needs_attention=row.needs_attention,
        ended_because=row.ended_because,
        process=f"order-{row.id}",
        lines=[_line(line, row.currency) for line in lines],
        refunds=[
            RefundView(
                refund_id=refund.id,
                status=refund.status,
                amount=money(refund.amount),
                reason=refund.reason,
                requested_at=refund.requested_at,
            )
            for refund in refunds
        ],
        timeline=[_sentence(sentence) for sentence in timeline],
    )


def _line(line: Row, currency: str) -> LineView:
    total = line.unit_price * line.quantity - line.discount + line.tax
    return LineView(
        book_id=line.book_id,
        isbn=line.isbn,
        title=line.title,
        format=line.format,
        quantity=line.quantity,
        unit_price=Money(line.unit_price, currency),
        discount=Money(line.discount, currency),
        tax=Money(line.tax, currency),
        total=Money(total, currency),
    )


def _sentence(row: Row) -> TimelineView:
    return TimelineView(id=row.id, at=row.at, kind=row.kind, text=row.text)
