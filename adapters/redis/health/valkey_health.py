"""The health of stores, shared by all processes in Valkey; without it, each process knows its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final
from uuid import uuid4

from adapters.redis.health.in_process import HealthInProcess
from adapters.redis.health.scripts import ADMIT, GIVE_BACK, READMIT, REPORT
from adapters.redis.line import Word
from adapters.redis.scripts import Scripts
from adapters.redis.soon import Soon
from application.prices.store_health import Admission, Patience, Report, StoreState
from domain.prices.offer import StoreName

ALONE: Final = "alone "  # what the tickets of this process alone begin with


class ValkeyStoreHealth:
    """The `StoreHealth` port. Without Valkey an unwell store is asked a few times more, by each process."""

    def __init__(self, scripts: Scripts, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is a clock that never goes back."""
        self._shared = Soon(scripts, "store_health", "each process knows its own for now", seconds)
        self._alone = HealthInProcess(seconds)
        self._who, self._probes = uuid4().hex, count()

    async def admit(self, store: StoreName, probe_for: float) -> Admission:
        """See the port."""
        said = await self._soon(ADMIT, store, (f"{self._who}-{next(self._probes)}", str(probe_for)))
        if said is not None:
            return _admission(said)
        admission = await self._alone.admit(store, probe_for)
        return replace(admission, ticket=ALONE + admission.ticket)

    async def report(
        self, store: StoreName, ticket: str, report: Report, patience: Patience
    ) -> StoreState | None:
        """See the port. What Valkey admitted and then can not hear is not told to anybody else."""
        if ticket.startswith(ALONE):
            return await self._alone.report(store, ticket.removeprefix(ALONE), report, patience)
        counts = (int(report.failed), int(report.refused), str(report.seconds), report.quotes, report.odd)
        terms = (patience.calls, str(patience.stretch))
        return _state(await self._soon(REPORT, store, (*_parts(ticket), *counts, *terms)))

    async def give_back(self, store: StoreName, ticket: str) -> None:
        """See the port. A probe that can not be given back ends by itself."""
        if ticket.startswith(ALONE):
            await self._alone.give_back(store, ticket.removeprefix(ALONE))
        else:
            await self._soon(GIVE_BACK, store, _parts(ticket))

    async def readmit(self, store: StoreName) -> StoreState | None:
        """See the port."""
        alone = await self._alone.readmit(store)
        return _state(await self._soon(READMIT, store, ())) or alone

    async def _soon(self, script: str, store: StoreName, args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        return await self._shared.run(script, [f"store-health:{store}"], args)


def _admission(said: Sequence[Any]) -> Admission:
    state, turn, probe, wait, usual, turned = (word.decode() for word in said[1:])
    return Admission(
        said[0] == 1,
        StoreState(state),
        f"{turn}:{probe}",
        float(wait),
        float(usual) if usual else None,
        StoreState(turned) if turned else None,
    )


def _state(said: bytes | None) -> StoreState | None:
    return StoreState(said.decode()) if said else None


def _parts(ticket: str) -> tuple[str, str]:
    turn, _, probe = ticket.partition(":")
    return turn, probe
