"""The one step of keeping prices fresh: some minutes of asking, with signs of life."""

import asyncio
from datetime import timedelta

from temporalio import activity

from application.prices.refreshing.batch import Batch
from application.prices.refreshing.refresh_store import RefreshStore, Shift
from domain.prices.offer import StoreName
from workflows.refresh.contracts import BatchOrder


class RefreshActivities:
    """What the process of a store does to the world."""

    def __init__(self, *, refresh_store: RefreshStore) -> None:
        self._refresh_store = refresh_store

    @activity.defn(name="keep prices fresh")
    async def refresh(self, order: BatchOrder) -> Batch:
        """How it went. Told to stop, it waits for what is on its way, and puts the books in hand back."""
        shift = Shift(timedelta(seconds=order.seconds), asyncio.Event(), activity.heartbeat)
        batch = asyncio.ensure_future(
            self._refresh_store(StoreName(order.store), shift, readmit=order.readmit)
        )
        try:
            return await asyncio.shield(batch)
        except asyncio.CancelledError:
            shift.stop.set()
            return await batch
