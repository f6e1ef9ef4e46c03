"""The processes that wait for a person, and how one person lets all of them go on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ParkedProcess:
    """`process_id` is its name in the process engine; `trouble` says in words what stopped it."""

    process_id: str
    trouble: str


class ParkedProcesses(Protocol):
    """The port to them."""

    def all(self) -> AsyncIterator[ParkedProcess]:
        """Every one that is parked now, in no order; raises `ProcessesUnavailable`."""
        ...

    async def retry(self, process_id: str) -> bool:
        """Let it try its step again; False when it is parked no more. Raises `ProcessesUnavailable`."""
        ...


class SeeParked:
    """Operators see at a glance what an outage has left behind."""

    def __init__(self, processes: ParkedProcesses) -> None:
        self._processes = processes

    def __call__(self) -> AsyncIterator[ParkedProcess]:
        """Raises `ProcessesUnavailable`."""
        return self._processes.all()


class RetryParked:
    """The cause is gone: what it stopped goes on, under the same keys as before."""

    def __init__(self, processes: ParkedProcesses) -> None:
        self._processes = processes

    async def __call__(self, process_id: str) -> bool:
        """False when it was parked no more; raises `ProcessesUnavailable`."""
        return await self._processes.retry(process_id)
