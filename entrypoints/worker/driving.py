"""Sees to it that prices are kept fresh, beside the worker. One process does, others stand by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from adapters.postgres.leadership import REFRESHER, Leadership
from application.prices.refreshing.processes import DriveRefreshing
from application.prices.refreshing.review_demand import ReviewDemand
from domain.shared.errors import DomainError
from entrypoints.container import Container

EVERY: Final = 60.0  # seconds: a process that was ended by hand is missed no sooner
REVIEWED_EVERY: Final = 5  # rounds: what sells and what is watched changes by the hour

_log = structlog.get_logger("octavo.refreshing")


class Driving:
    """Looks for stores without a process, and for what readers will ask for."""

    def __init__(
        self, *, drive_refreshing: DriveRefreshing, review_demand: ReviewDemand, leadership: Leadership
    ) -> None:
        self._drive = drive_refreshing
        self._review = review_demand
        self._leadership = leadership
        self._rounds = 0

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.once()
            await asyncio.sleep(EVERY)

    async def once(self) -> None:
        """One round, if nobody else does it."""
        try:
            async with self._leadership.bid(REFRESHER) as leading:
                if leading:
                    await self._look()
        except DomainError as trouble:
            _log.warning("refreshing_waits", reason=trouble.code)

    async def _look(self) -> None:
        if started := await self._drive():
            _log.info("refreshing_started", stores=started)
        if self._rounds % REVIEWED_EVERY == 0:
            await self._review()
        self._rounds += 1


@asynccontextmanager
async def driving_beside(container: Container) -> AsyncIterator[None]:
    """While the block runs."""
    driving = Driving(
        drive_refreshing=container.use_cases.drive_refreshing(),
        review_demand=container.use_cases.review_demand(),
        leadership=Leadership(container.adapters.database()),
    )
    async with asyncio.TaskGroup() as together:
        looking = together.create_task(driving.run())
        yield
        looking.cancel()
