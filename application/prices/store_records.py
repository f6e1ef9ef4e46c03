"""How stores kept to what is expected of them, day by day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Final, Protocol

from domain.prices.offer import StoreName
from domain.prices.store import Missing

ANSWERED: Final = "answered"  # with offers; otherwise the reason why there are none
# Seconds, upper bounds: finest where a reader decides whether to wait on.
LATENCIES: Final = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
# What the store is answerable for; being busy, resting or passed over is our own doing.
ITS_OWN: Final = (ANSWERED, *(Missing.NOT_SOLD, Missing.SLOW, Missing.BROKEN, Missing.REFUSED))


@dataclass(frozen=True, slots=True)
class StoreDay:
    """One day (UTC) of one store: how often each outcome, and how many calls took up to how many seconds."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    latencies: Mapping[float, int] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """How often it was really asked."""
        return sum(self.outcomes.get(outcome, 0) for outcome in ITS_OWN)

    @property
    def availability(self) -> float | None:
        """The share of calls that were answered, be it with "not sold"; None: it was not asked."""
        good = self.outcomes.get(ANSWERED, 0) + self.outcomes.get(Missing.NOT_SOLD, 0)
        return good / self.calls if self.calls else None

    def together(self, other: "StoreDay") -> "StoreDay":
        """Both days as one."""
        return StoreDay(
            Counter(self.outcomes) + Counter(other.outcomes),
            Counter(self.latencies) + Counter(other.latencies),
        )

    def within(self, share: float) -> float | None:
        """Such a share of calls took no more than so many seconds; None: more than can be told."""
        bounds = sorted(self.latencies)
        sums = accumulate(self.latencies[bound] for bound in bounds)
        total = sum(self.latencies.values())
        return next(
            (bound for bound, sum_ in zip(bounds, sums, strict=True) if sum_ >= share * total > 0), None
        )


class StoreRecords(Protocol):
    """Kept for more than a month. Never fails: what cannot be noted is not counted."""

    async def note(self, store: StoreName, outcome: str, seconds: float | None, day: date) -> None:
        """One more; None: it was not called."""
        ...

    async def of(self, store: StoreName, day: date) -> StoreDay:
        """What was counted."""
        ...
