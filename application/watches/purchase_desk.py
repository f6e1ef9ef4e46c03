"""Watches have their copies bought as any reader does, by purchases."""

from collections.abc import Mapping
from typing import Final

from application.purchases.process import PurchaseProcesses
from application.purchases.views import PurchaseViews
from application.shared.unit_of_work import Work
from application.watches.ports import CopyWanted
from domain.purchases.errors import TooLateToCancelPurchase
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import PurchaseId
from domain.watches.result import Result, ResultKind

# Every other end is one without a book for which no cent was kept, and after which it may be tried again.
_KINDS: Final[Mapping[PurchaseStatus, ResultKind]] = {
    PurchaseStatus.DONE: ResultKind.BOUGHT,
    PurchaseStatus.CAP_DENIED: ResultKind.CAP_REACHED,
    PurchaseStatus.DECLINED: ResultKind.DECLINED,
    PurchaseStatus.CANCELLED: ResultKind.CANCELLED,
}


class PurchasesForWatches:
    """The `PurchaseDesk` port. The purchase, its event and the watch that began it are one transaction: the
    event has its process started.
    """

    def __init__(self, views: PurchaseViews, processes: PurchaseProcesses, clock: Clock) -> None:
        self._views = views
        self._processes = processes
        self._clock = clock

    async def order(self, work: Work, copy: CopyWanted) -> None:
        """See the port."""
        if await work.purchases.knows(copy.purchase_id):
            return
        address, token = copy.particulars.address, copy.particulars.payment_token
        if address is None or token is None:
            raise InvalidInput("payment_info", "A watch that buys needs a payment and an address.")
        purchase = Purchase(
            id=copy.purchase_id,
            user_id=copy.user_id,
            isbn=copy.isbn,
            conditions=copy.conditions,
            max_price=copy.maximum,
            received_at=self._clock.now(),
        )
        purchase.receive()
        await work.purchases.add(purchase, Particulars(address, token))

    async def result(self, purchase_id: PurchaseId) -> Result:
        """See the port."""
        outcome = await self._views.outcome(purchase_id)
        if not outcome.ended:
            return Result(ResultKind.OPEN)
        kind = _KINDS.get(outcome.status, ResultKind.NOT_HAD)
        return Result(kind, outcome.price_paid, outcome.ended_because or "")

    async def call_off(self, purchase_id: PurchaseId) -> None:
        """See the port."""
        try:
            await self._processes.cancel(purchase_id)
        except TooLateToCancelPurchase:
            return  # what became of it, its result tells
