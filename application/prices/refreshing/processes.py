"""Every store's own process that keeps its prices fresh."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from application.prices.refreshing.batch import Batch
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstores
from domain.shared.errors import DomainError


class NothingToResume(DomainError):
    """Nobody stopped the refreshing of this store, so there is nothing to resume."""

    code = "nothing_to_resume"


class StoppedAlready(DomainError):
    """The refreshing of this store is paused already. Resume it first."""

    code = "refreshing_stopped_already"


class NotRefreshed(DomainError):
    """No process keeps this store's prices fresh: it is not described, or the shop is set to refresh none."""

    code = "not_refreshed"


@dataclass(frozen=True, slots=True)
class Refreshing:
    """How a store's process stands: its `state` in a word, the same in `words`, and its last batch."""

    store: StoreName
    state: str
    words: str
    batch: Batch | None


class RefreshProcesses(Protocol):
    """All raise `ProcessesUnavailable`."""

    async def running(self) -> Collection[StoreName]:
        """Stores that have one."""
        ...

    async def start(self, store: StoreName) -> None:
        """One that has none gets it; for the others nothing changes."""
        ...

    async def pause(self, store: StoreName, note: str) -> None:
        """It is not asked any more from this moment on, because of what `note` says. Raises `NotRefreshed`,
        `StoppedAlready`.
        """
        ...

    async def drain(self, store: StoreName, note: str) -> None:
        """The same once its batch is over. Raises `NotRefreshed`, `StoppedAlready`."""
        ...

    async def resume(self, store: StoreName) -> None:
        """Raises `NotRefreshed`, `NothingToResume`."""
        ...

    async def standing(self, store: StoreName) -> Refreshing:
        """How it is. Raises `NotRefreshed`."""
        ...


class DriveRefreshing:
    """Every store that is described has a process that keeps its prices fresh, whatever became of it."""

    def __init__(self, processes: RefreshProcesses, stores: Bookstores, at_most: int) -> None:
        """`at_most` calls a minute to each; 0: no prices are kept fresh."""
        self._processes = processes
        self._stores = stores
        self._at_most = at_most

    async def __call__(self) -> int:
        """Returns how many were started."""
        if not self._at_most:
            return 0
        running = await self._processes.running()
        described = [store.terms.name for store in self._stores.all()]
        missing = [store for store in described if store not in running]
        for store in missing:
            await self._processes.start(store)
        return len(missing)
