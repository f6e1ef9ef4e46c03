"""Days on which a given share of all stores is dead or slow at once, always the same stores."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec

from entrypoints.sandbox.bookstores.chance import draw, pick
from entrypoints.sandbox.bookstores.store import Store
from entrypoints.sandbox.shared.faults import MOST_SECONDS

MOST_LATENCY: Final = 100.0  # times the usual


class Outage(StrEnum):
    """How a dead store is dead."""

    CUT = "cut"
    ERROR = "error"
    UNAVAILABLE = "unavailable"


class Forecast(msgspec.Struct, forbid_unknown_fields=True):
    """`dead` and `slow` are shares of all stores, and no store is both. Slow ones answer `seconds` later;
    `latency` is how many times their usual time all of them take.
    """

    dead: float = 0.0
    slow: float = 0.0
    seconds: float = 10.0
    latency: float = 1.0

    def __post_init__(self) -> None:
        if min(self.dead, self.slow) < 0 or self.dead + self.slow > 1:
            raise ValueError("`dead` and `slow` are shares, together at most 1")
        if not 0 <= self.seconds <= MOST_SECONDS:
            raise ValueError(f"`seconds` lies between 0 and {MOST_SECONDS:g}")
        if not 0 <= self.latency <= MOST_LATENCY:
            raise ValueError(f"`latency` lies between 0 and {MOST_LATENCY:g}")


class Weather:
    """Fair until told otherwise, and after every restart."""

    def __init__(self, stores: Sequence[Store], latency: float = 1.0) -> None:
        self._unlucky = sorted(stores, key=lambda store: draw(store.seed, store.name, "luck"))
        self._usual = Forecast(latency=latency)
        self.change(self._usual)

    def change(self, forecast: Forecast) -> None:
        """From now on it is so."""
        self._forecast = forecast
        dead = round(forecast.dead * len(self._unlucky))
        slow = dead + round(forecast.slow * len(self._unlucky))
        self._dead = {
            store.name: pick(tuple(Outage), store.seed, store.name, "outage")
            for store in self._unlucky[:dead]
        }
        self._slow = {store.name for store in self._unlucky[dead:slow]}

    def clear(self) -> None:
        """As at the start."""
        self.change(self._usual)

    def outage(self, store: Store) -> Outage | None:
        """How that store is dead, if it is."""
        return self._dead.get(store.name)

    def delay(self, store: Store, visit: int) -> float:
        """Seconds until the `visit`-th caller of that store is served."""
        extra = self._forecast.seconds if store.name in self._slow else 0.0
        return self._forecast.latency * store.latency.of(store.seed, store.name, visit) + extra

    def report(self) -> dict[str, Any]:
        """What it is like."""
        return {
            **msgspec.to_builtins(self._forecast),
            "dead_stores": dict(sorted(self._dead.items())),
            "slow_stores": sorted(self._slow),
        }
