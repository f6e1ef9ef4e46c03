"""What operators do about keeping prices fresh."""

import asyncio
from collections.abc import Sequence
from typing import Final

from application.prices.refreshing.processes import Refreshing, RefreshProcesses
from domain.prices.offer import StoreName

AT_ONCE: Final = 10  # processes asked at the same time


class SeeRefreshing:
    """How the processes of all stores stand, by name."""

    def __init__(self, processes: RefreshProcesses) -> None:
        self._processes = processes

    async def __call__(self) -> Sequence[Refreshing]:
        """Raises `ProcessesUnavailable`."""
        stores, places = sorted(await self._processes.running()), asyncio.Semaphore(AT_ONCE)

        async def standing(store: StoreName) -> Refreshing:
            async with places:
                return await self._processes.standing(store)

        return await asyncio.gather(*map(standing, stores))


class PauseRefreshing:
    """From now on a store is not asked any more to keep its prices fresh; readers may ask it still."""

    def __init__(self, processes: RefreshProcesses) -> None:
        self._processes = processes

    async def __call__(self, store: StoreName, note: str) -> None:
        """See `RefreshProcesses.pause`."""
        await self._processes.pause(store, note)


class DrainRefreshing:
    """The same once its batch is over: nothing is broken off."""

    def __init__(self, processes: RefreshProcesses) -> None:
        self._processes = processes

    async def __call__(self, store: StoreName, note: str) -> None:
        """See `RefreshProcesses.drain`."""
        await self._processes.drain(store, note)


class ResumeRefreshing:
    """A store that was paused, drained, or refused us is asked again."""

    def __init__(self, processes: RefreshProcesses) -> None:
        self._processes = processes

    async def __call__(self, store: StoreName) -> None:
        """See `RefreshProcesses.resume`."""
        await self._processes.resume(store)
