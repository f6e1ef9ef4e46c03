"""The daily reckoning, kept in memory."""

from collections.abc import Sequence
from datetime import date

from application.purchases.reconcile import Reconciliation


class InMemoryReconciliations:
    """The `Reconciliations` port."""

    def __init__(self) -> None:
        self.days: dict[date, Reconciliation] = {}

    async def keep(self, reconciliation: Reconciliation) -> None:
        self.days[reconciliation.day] = reconciliation

    async def latest(self, limit: int) -> Sequence[Reconciliation]:
        return sorted(self.days.values(), key=lambda found: found.day, reverse=True)[:limit]
