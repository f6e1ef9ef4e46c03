"""The process engine in memory: remembers what it was asked, and can be down."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from application.orders.errors import ProcessesUnavailable
from domain.orders.errors import TooLateToCancel
from domain.prices.doubt import Doubt
from domain.purchases.errors import TooLateToCancelPurchase
from domain.shared.ids import OrderId, PurchaseId, RefundId


class InMemoryProcesses:
    """The `OrderProcesses` port. `at_start` and `at_cancel` are what a process does first."""

    def __init__(self) -> None:
        self.down = False
        self.too_late = False
        self.started: list[OrderId] = []
        self.refunds: list[RefundId] = []
        self.cancelled: list[OrderId] = []
        self.heard: list[tuple[str, OrderId]] = []
        self.at_start: Callable[[OrderId], Awaitable[None]] = _nothing
        self.at_cancel: Callable[[OrderId], Awaitable[None]] = _nothing

    async def start_checkout(self, order_id: OrderId) -> None:
        self._answer()
        self.started.append(order_id)
        await self.at_start(order_id)

    async def start_refund(self, order_id: OrderId, refund_id: RefundId) -> None:
        self._answer()
        self.refunds.append(refund_id)
        await self.at_start(order_id)

    async def cancel(self, order_id: OrderId) -> None:
        self._answer()
        self.cancelled.append(order_id)
        await self.at_cancel(order_id)
        if self.too_late:
            raise TooLateToCancel("The parcel has left.")

    async def payment_moved(self, order_id: OrderId) -> None:
        self._answer()
        self.heard.append(("payment", order_id))

    async def parcel_moved(self, order_id: OrderId) -> None:
        self._answer()
        self.heard.append(("parcel", order_id))

    def _answer(self) -> None:
        if self.down:
            raise ProcessesUnavailable("The process engine does not answer.")


class InMemoryPurchaseProcesses:
    """The `PurchaseProcesses` port. `at_start` and `at_cancel` are what a process does first."""

    def __init__(self) -> None:
        self.down = False
        self.too_late = False
        self.started: list[PurchaseId] = []
        self.corrected: list[PurchaseId] = []
        self.cancelled: list[PurchaseId] = []
        self.heard: list[PurchaseId] = []
        self.at_start: Callable[[PurchaseId], Awaitable[None]] = _nothing
        self.at_cancel: Callable[[PurchaseId], Awaitable[None]] = _nothing

    async def start_purchase(self, purchase_id: PurchaseId) -> None:
        self._answer()
        self.started.append(purchase_id)
        await self.at_start(purchase_id)

    async def correct(self, purchase_id: PurchaseId) -> None:
        self._answer()
        self.corrected.append(purchase_id)

    async def cancel(self, purchase_id: PurchaseId) -> None:
        self._answer()
        self.cancelled.append(purchase_id)
        await self.at_cancel(purchase_id)
        if self.too_late:
            raise TooLateToCancelPurchase("The order has been sent.")

    async def payment_moved(self, purchase_id: PurchaseId) -> None:
        self._answer()
        self.heard.append(purchase_id)

    def _answer(self) -> None:
        if self.down:
            raise ProcessesUnavailable("The process engine does not answer.")


class InMemoryDoubtProcesses:
    """The `DoubtProcesses` port."""

    def __init__(self) -> None:
        self.down = False
        self.begun: list[UUID] = []
        self.told: list[UUID] = []

    async def begin(self, doubt: Doubt) -> None:
        self._answer()
        self.begun.append(doubt.id)

    async def decided(self, doubt_id: UUID) -> None:
        self._answer()
        self.told.append(doubt_id)

    def _answer(self) -> None:
        if self.down:
            raise ProcessesUnavailable("The process engine does not answer.")


async def _nothing(_: UUID) -> None:
    return
