"""Word that a purchase moved, for whoever waits at the front door."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from application.orders.news import Listener
from domain.shared.ids import PurchaseId


class PurchaseNews(Protocol):
    """Carries hints, not facts: losing one costs a little time and nothing else."""

    async def tell(self, purchase_id: PurchaseId, /) -> None:
        """Say that it moved. Call it after the commit; it never fails the caller."""
        ...

    def listen(self, purchase_id: PurchaseId, /) -> AbstractAsyncContextManager[Listener]:
        """Start listening before reading the purchase, so that nothing falls between."""
        ...
