"""Word that an order moved, for whoever waits at the front door or follows along."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.shared.ids import OrderId


class Listener(Protocol):
    """Wakes up when the order may have moved."""

    async def wait(self, at_most: float) -> None:
        """Return at the next news or after `at_most` seconds. A hint only: read the order to know."""
        ...


class OrderNews(Protocol):
    """Carries hints, not facts: losing one costs a little time and nothing else."""

    async def tell(self, order_id: OrderId) -> None:
        """Say that it moved. Call it after the commit; it never fails the caller."""
        ...

    def listen(self, order_id: OrderId) -> AbstractAsyncContextManager[Listener]:
        """Start listening before reading the order, so that nothing falls between."""
        ...
