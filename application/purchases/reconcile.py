"""Hold a day's purchases against the ledger and against the stores' own books."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from application.purchases.keys import order_key
from application.purchases.process import PurchaseProcesses
from application.purchases.views import PurchaseViews, Receipt
from domain.purchases.reckoning import faults, is_to_be_corrected, store_faults
from domain.purchases.status import StoreStatus
from domain.purchases.store_orders import (
    StoreCannotTell,
    StoreDoesNotAnswer,
    StoreOrders,
    StoreTakesNoOrders,
)
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId

PAGE: Final = 100  # purchases read at a time
# Of these the store may have an order. One that was called off some stores go on showing, others do not.
_ASKED_ABOUT: Final = frozenset({StoreStatus.ASKED, StoreStatus.PLACED, StoreStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one purchase, in words for operators."""

    purchase_id: PurchaseId
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """`purchases` were looked at, for `asked` of them the store answered what it has."""

    day: date
    at: datetime
    purchases: int
    asked: int
    findings: Sequence[Finding]


class Reconciliations(Protocol):
    """What was found, day by day."""

    async def keep(self, reconciliation: Reconciliation) -> None:
        """Write it down; a day looked at again is written anew."""
        ...

    async def latest(self, limit: int) -> Sequence[Reconciliation]:
        """The newest days first."""
        ...


class ReconcilePurchases:
    """Every day (UTC) is looked at once it is over: each purchase has ended, its ledger nets to zero, and the
    store has the order that was paid, at that price, and no other. What is wrong is told; where a store has
    called off an order that was paid, or takes another price, the reader gets back what is due.
    """

    def __init__(
        self,
        *,
        views: PurchaseViews,
        stores: StoreOrders,
        processes: PurchaseProcesses,
        kept: Reconciliations,
        clock: Clock,
    ) -> None:
        self._views = views
        self._stores = stores
        self._processes = processes
        self._kept = kept
        self._clock = clock

    async def __call__(self, day: date) -> Reconciliation:
        """Raises `DatabaseUnavailable` and `ProcessesUnavailable`."""
        since = datetime.combine(day, time.min, UTC)
        findings: list[Finding] = []
        purchases = asked = 0
        after: PurchaseId | None = None
        while page := await self._views.received_between(
            since, since + timedelta(days=1), after=after, limit=PAGE
        ):
            for receipt in page:
                told, wrong = await self._look(receipt)
                purchases, asked = purchases + 1, asked + told
                findings += [Finding(receipt.purchase.id, words) for words in wrong]
            after = page[-1].purchase.id
        found = Reconciliation(
            day=day, at=self._clock.now(), purchases=purchases, asked=asked, findings=findings
        )
        await self._kept.keep(found)
        return found

    async def due(self) -> date | None:
        """Yesterday, until it has been looked at."""
        yesterday = self._clock.now().date() - timedelta(days=1)
        latest = await self._kept.latest(1)
        return None if latest and latest[0].day >= yesterday else yesterday

    async def _look(self, receipt: Receipt) -> tuple[bool, list[str]]:
        purchase = receipt.purchase
        wrong = list(faults(purchase, receipt.ledger))
        if not purchase.ended:
            wrong.append(f"is still {purchase.status} ({purchase.needs_attention or 'and needs nobody'})")
        if purchase.store not in _ASKED_ABOUT:
            if is_to_be_corrected(purchase, None):  # a correction was lost on its way
                await self._processes.correct(purchase.id)
            return False, wrong
        store = purchase.agreed.store
        try:
            if not self._stores.terms(store).finds_by_key:
                return False, wrong
            placed = await self._stores.find(store, order_key(purchase.id))
        except (StoreDoesNotAnswer, StoreCannotTell, StoreTakesNoOrders) as silent:
            return False, [*wrong, f"{store} could not be asked: {silent.message}"]
        if is_to_be_corrected(purchase, placed):
            await self._processes.correct(purchase.id)
        return True, [*wrong, *store_faults(purchase, placed)]


class SeeReconciliations:
    """Staff sees what the daily reckoning found."""

    def __init__(self, kept: Reconciliations) -> None:
        self._kept = kept

    async def __call__(self, limit: int) -> Sequence[Reconciliation]:
        """The newest days first."""
        return await self._kept.latest(limit)
