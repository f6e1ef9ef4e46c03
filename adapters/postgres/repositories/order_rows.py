"""Between the order aggregate and its rows, both ways."""

from collections.abc import Sequence

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Row
from domain.orders.line import OrderLine
from domain.orders.order import Order
from domain.orders.refund import Refund, RefundLine, RefundStatus
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.shared.ids import BookId
from domain.shared.money import Money
from domain.shared.timeline import TimelineEntry


class _StoredRefundLine(msgspec.Struct, frozen=True):
    amount: int
    book_id: BookId | None = None


def order_row(order: Order) -> dict[str, object]:
    """The order's own columns."""
    return {
        "id": order.id,
        "user_id": order.user_id,
        "status": order.status.value,
        "payment_status": order.payment.value,
        "fulfilment_status": order.fulfilment.value,
        "currency": order.currency,
        "total": order.total.amount,
        "shipping_method": order.shipping_method,
        "shipping": order.shipping.amount,
        "shipping_tax": order.shipping_tax.amount,
        "coupon": order.coupon,
        "weight_grams": order.weight_grams,
        "placed_at": order.placed_at,
        "hold_expires_at": order.hold_expires_at,
        "payment_reference": order.payment_reference,
        "action_url": order.action_url,
        "tracking_number": order.tracking_number,
        "needs_attention": order.needs_attention,
        "ended_because": order.ended_because,
        "version": order.version,
    }


def line_columns(lines: tuple[OrderLine, ...]) -> dict[str, object]:
    """The lines, a list for each column."""
    return {
        "position": list(range(len(lines))),
        "book_id": [line.book_id for line in lines],
        "isbn": [line.isbn for line in lines],
        "title": [line.title for line in lines],
        "format": [line.format for line in lines],
        "quantity": [line.quantity for line in lines],
        "unit_price": [line.unit_price.amount for line in lines],
        "discount": [line.discount.amount for line in lines],
        "tax": [line.tax.amount for line in lines],
        "digital": [line.digital for line in lines],
    }


def story_columns(story: Sequence[TimelineEntry]) -> dict[str, object]:
    """The sentences, a list for each column."""
    return {
        "at": [entry.at for entry in story],
        "kind": [entry.kind.value for entry in story],
        "text": [entry.text for entry in story],
    }


def order_from(row: Row, lines: list[Row], given_back: list[Row]) -> Order:
    """The aggregate from its rows."""
    return Order(
        id=row.id,
        user_id=row.user_id,
        lines=tuple(_line(line, row.currency) for line in lines),
        shipping_method=row.shipping_method,
        shipping=Money(row.shipping, row.currency),
        shipping_tax=Money(row.shipping_tax, row.currency),
        coupon=row.coupon,
        weight_grams=row.weight_grams,
        placed_at=row.placed_at,
        hold_expires_at=row.hold_expires_at,
        status=OrderStatus(row.status),
        payment=PaymentStatus(row.payment_status),
        fulfilment=FulfilmentStatus(row.fulfilment_status),
        payment_reference=row.payment_reference,
        action_url=row.action_url,
        tracking_number=row.tracking_number,
        needs_attention=row.needs_attention,
        ended_because=row.ended_because,
        version=row.version,
        refunds=[_refund(back, row.currency) for back in given_back],
    )


def refund_row(refund: Refund) -> dict[str, object]:
    """A refund's columns."""
    lines = [
        {"book_id": str(x.book_id) if x.book_id else None, "amount": x.amount.amount} for x in refund.lines
    ]
    return {
        "id": refund.id,
        "order_id": refund.order_id,
        "key": refund.key,
        "amount": refund.amount.amount,
        "lines": Jsonb(lines),
        "reason": refund.reason,
        "requested_at": refund.requested_at,
        "status": refund.status.value,
    }


def _line(row: Row, currency: str) -> OrderLine:
    return OrderLine(
        book_id=row.book_id,
        isbn=row.isbn,
        title=row.title,
        format=row.format,
        quantity=row.quantity,
        unit_price=Money(row.unit_price, currency),
        discount=Money(row.discount, currency),
        tax=Money(row.tax, currency),
        digital=row.digital,
    )


def _refund(row: Row, currency: str) -> Refund:
    lines = msgspec.convert(row.lines, list[_StoredRefundLine])
    return Refund(
        id=row.id,
        order_id=row.order_id,
        key=row.key,
        lines=tuple(RefundLine(line.book_id, Money(line.amount, currency)) for line in lines),
        amount=Money(row.amount, currency),
        reason=row.reason,
        requested_at=row.requested_at,
        status=RefundStatus(row.status),
    )
