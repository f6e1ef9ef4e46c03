"""What the shop writes to its readers about their orders."""

from collections.abc import Callable, Mapping
from typing import Final

from application.notifications.ports import Letter
from application.orders.views import LineView, OrderView
from domain.shared.ids import RefundId


def confirmed(order: OrderView, _: RefundId | None) -> Letter:
    """The payment is reserved and the books are about to be packed."""
    shipping = order.shipping + order.shipping_tax
    rows = [_row(line) for line in order.lines]
    rows += [(f"Shipping ({order.shipping_method})", str(shipping))] if shipping else []
    return Letter(
        subject=f"Your order is confirmed ({order.order_id})",
        opening="Thank you for your order. It is confirmed, and we are getting your books ready.",
        rows=[*rows, ("Total", str(order.total))],
        closing="The whole story of the order is always in your account.",
    )


def dispatched(order: OrderView, _: RefundId | None) -> Letter:
    """The parcel has left."""
    number = order.tracking_number
    return Letter(
        subject=f"Your books are on their way ({order.order_id})",
        opening="Your books have left the shop.",
        rows=[(line.title, f"{line.quantity} x") for line in order.lines],
        closing=f"The carrier's tracking number is {number}." if number else "",
    )


def ended(order: OrderView, _: RefundId | None) -> Letter:
    """There will be no books, and why."""
    return Letter(
        subject=f"Your order was not completed ({order.order_id})",
        opening=order.ended_because or "The order has ended.",
        closing="No money is held for it, and the books are back on the shelf.",
    )


def refunded(order: OrderView, refund_id: RefundId | None) -> Letter:
    """Money went back."""
    refund = next(refund for refund in order.refunds if refund.refund_id == refund_id)
    return Letter(
        subject=f"Your refund is on its way ({order.order_id})",
        opening=f"We have sent money back to the card you paid with: {refund.reason}",
        rows=[("Refund", str(refund.amount))],
        closing="Depending on your bank it shows within a few days.",
    )


def _row(line: LineView) -> tuple[str, str]:
    return f"{line.quantity} x {line.title} ({line.format})", str(line.total)


LETTERS: Final[Mapping[str, Callable[[OrderView, RefundId | None], Letter]]] = {
    "confirmed": confirmed,
    "dispatched": dispatched,
    "ended": ended,
    "refunded": refunded,
}
