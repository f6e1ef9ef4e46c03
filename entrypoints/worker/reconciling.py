"""Reckons up yesterday's purchases, beside the relay. One process does, others stand by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from adapters.postgres.leadership import RECONCILER, Leadership
from application.purchases.reconcile import ReconcilePurchases
from domain.shared.errors import DomainError
from entrypoints.container import Container

# Seconds between looks whether yesterday was reckoned up: a day is told of within this time of its end.
EVERY: Final = 1800.0

_log = structlog.get_logger("octavo.reconciliation")


class Reconciling:
    """Looks whether it is time, reckons, and rests."""

    def __init__(self, *, reconcile_purchases: ReconcilePurchases, leadership: Leadership) -> None:
        self._reconcile = reconcile_purchases
        self._leadership = leadership

    async def run(self) -> None:
        """Until it is cancelled, in the middle of a day if need be: it begins that day anew."""
        while True:
            await asyncio.sleep(EVERY)
            await self.once()

    async def once(self) -> None:
        """Reckon up yesterday, unless that was done. What is wrong is told, and kept for staff to see."""
        try:
            async with self._leadership.bid(RECONCILER) as leading:
                day = await self._reconcile.due() if leading else None
                found = await self._reconcile(day) if day else None
        except DomainError as trouble:
            _log.warning("reconciliation_waits", reason=trouble.code)
            return
        if found is None:
            return
        _log.info(
            "purchases_reconciled",
            day=found.day.isoformat(),
            purchases=found.purchases,
            asked=found.asked,
            findings=len(found.findings),
        )
        for finding in found.findings:
            _log.error("purchase_does_not_add_up", purchase=str(finding.purchase_id), detail=finding.detail)


@asynccontextmanager
async def reconciling_beside(container: Container) -> AsyncIterator[None]:
    """While the block runs, each day is reckoned up once it is over."""
    reconciling = Reconciling(
        reconcile_purchases=container.use_cases.reconcile_purchases(),
        leadership=Leadership(container.adapters.database()),
    )
    async with asyncio.TaskGroup() as together:
        reckoning = together.create_task(reconciling.run())
        yield
        reckoning.cancel()
