"""The port to the durable processes that carry orders to their end."""

from typing import Protocol

from domain.shared.ids import OrderId, RefundId


class OrderProcesses(Protocol):
    """Starts and messages processes by business id. Starting what runs (or has run) is a success."""

    async def start_checkout(self, order_id: OrderId) -> None:
        """Carry this order to its end; raises `ProcessesUnavailable`."""
        ...

    async def start_refund(self, order_id: OrderId, refund_id: RefundId) -> None:
        """Give this money back; raises `ProcessesUnavailable`."""
        ...

    async def cancel(self, order_id: OrderId) -> None:
        """Call the order off and wait for it; raises `TooLateToCancel` or `ProcessesUnavailable`."""
        ...

    async def payment_moved(self, order_id: OrderId) -> None:
        """The provider has news of this order's payment: ask it."""
        ...

    async def parcel_moved(self, order_id: OrderId) -> None:
        """The carrier has news of this order's parcel: ask it."""
        ...
