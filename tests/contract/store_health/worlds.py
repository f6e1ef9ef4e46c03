"""The two places where the health of stores is known, each with a clock that is moved by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import redis

from adapters.redis.health.in_process import HealthInProcess
from adapters.redis.health.scripts import MOMENT
from adapters.redis.health.valkey_health import ValkeyStoreHealth
from application.prices.store_health import Admission, Patience, Report, StoreHealth, StoreState
from application.shared.unavailable import CacheUnavailable
from domain.prices.offer import StoreName

TEN_CALLS = Patience(10, 1.0)
WELL, BAD, REFUSED = Report(seconds=0.2), Report(failed=True, seconds=0.2), Report(refused=True, seconds=0.1)


@dataclass
class World:
    """One store, and those who ask it."""

    health: StoreHealth = field(init=False)
    now: float = 1_795_000_000.25
    store: StoreName = field(default_factory=lambda: StoreName(uuid4().hex))

    def __post_init__(self) -> None:
        self.health = self._health()

    def _health(self) -> StoreHealth:
        return HealthInProcess(lambda: self.now)

    async def admit(self) -> Admission:
        return await self.health.admit(self.store, 11.0)

    async def ask(self, report: Report = WELL, patience: Patience = TEN_CALLS) -> StoreState | None:
        """As a caller does."""
        admission = await self.admit()
        assert admission.admitted
        return await self.health.report(self.store, admission.ticket, report, patience)

    async def ask_often(self, times: int, report: Report = WELL) -> list[StoreState]:
        return [turned for _ in range(times) if (turned := await self.ask(report)) is not None]

    async def break_it(self) -> None:
        assert await self.ask_often(10, BAD) == [StoreState.OPEN]

    async def pause(self) -> float:
        """How long it still is left in peace."""
        admission = await self.admit()
        assert not admission.admitted
        return admission.wait


@dataclass
class ValkeyWorld(World):
    """Its scripts read our clock, and run in a real Valkey."""

    url: str = ""
    lost: bool = False

    def _health(self) -> StoreHealth:
        self.client = redis.Redis.from_url(self.url, db=9)
        return ValkeyStoreHealth(self, lambda: self.now)

    async def run(self, script: str, keys: Sequence[Any], args: Sequence[Any]) -> object:
        if self.lost:
            raise CacheUnavailable("gone")
        ours = script.replace(MOMENT, f"local now = {self.now!r}\n")
        return self.client.eval(ours, len(keys), *keys, *args)

    def known(self) -> dict[bytes, bytes]:
        """What Valkey knows of the store."""
        return dict(self.client.hgetall(f"store-health:{self.store}"))
