"""The port to the durable processes that carry purchases to their end."""

from typing import Protocol

from domain.shared.ids import PurchaseId


class PurchaseProcesses(Protocol):
    """Starts and messages processes by business id. Starting what runs (or has run) is a success."""

    async def start_purchase(self, purchase_id: PurchaseId) -> None:
        """Carry this purchase to its end; raises `ProcessesUnavailable`."""
        ...

    async def correct(self, purchase_id: PurchaseId) -> None:
        """Put right what the store did after this purchase was done; raises `ProcessesUnavailable`."""
        ...

    async def cancel(self, purchase_id: PurchaseId) -> None:
        """Call it off and wait for that; raises `TooLateToCancelPurchase` or `ProcessesUnavailable`."""
        ...

    async def payment_moved(self, purchase_id: PurchaseId) -> None:
        """The provider has news of this purchase's payment: ask it. Raises `ProcessesUnavailable`."""
        ...
