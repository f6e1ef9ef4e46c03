"""What the shop writes to its readers about their orders."""

from collections.abc import Callable, Mapping
from typing import Final

from application.orders.views import OrderView
from domain.shared.ids import RefundId

Words = tuple[str, str]  # subject, text


def confirmed(order: OrderView, _: RefundId | None) -> Words:
    """The payment is reserved and the books are about to be packed."""
    lines = [f"  {line.quantity} x {line.title} ({line.format}): {line.total}" for line in order.lines]
    lines += [f"  Shipping: {order.shipping + order.shipping_tax}", f"  Total: {order.total}"]
    return "Your order is confirmed", "Thank you for your order.\n\n" + "\n".join(lines) + "\n"


def dispatched(order: OrderView, _: RefundId | None) -> Words:
    """The parcel has left."""
    text = f"Your books are on their way.\nTracking number: {order.tracking_number}\n"
    return "Your parcel has left", text


def ended(order: OrderView, _: RefundId | None) -> Words:
    """There will be no books, and why."""
    return "Your order was not completed", f"{order.ended_because}\nNo money is held for this order.\n"


def refunded(order: OrderView, refund_id: RefundId | None) -> Words:
    """Money went back."""
    refund = next(refund for refund in order.refunds if refund.refund_id == refund_id)
    return "Your refund is on its way", f"{refund.amount} went back to you: {refund.reason}\n"


LETTERS: Final[Mapping[str, Callable[[OrderView, RefundId | None], Words]]] = {
    "confirmed": confirmed,
    "dispatched": dispatched,
    "ended": ended,
    "refunded": refunded,
}
