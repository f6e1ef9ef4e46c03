"""Somebody's wish to call a store once."""

from dataclasses import dataclass

from adapters.redis.turns.policies import LANES, SLOWEST_LEASED, microseconds
from domain.prices.pace import allowances, dearest, spacing
from domain.prices.store import Lane, StoreTerms


@dataclass(frozen=True, slots=True)
class Wish:
    """Counted as Valkey counts, in microseconds and lanes from 1; `since` and `until` in our seconds."""

    terms: StoreTerms
    lane: Lane
    cost: int
    since: float
    until: float

    @property
    def spacing(self) -> int:
        """The store's."""
        return microseconds(spacing(self.terms))

    @property
    def dearest(self) -> int:
        """For how many a call there may count."""
        return dearest(self.terms)

    @property
    def rules(self) -> list[int]:
        """Of each long rule its window in seconds, its spacing, how many may go at once, and how many of them
        where nothing is known.
        """
        long = allowances(self.terms).items()
        return [part for seconds, pace in long for part in (seconds, pace.interval, pace.burst, pace.anew)]

    @property
    def lane_number(self) -> int:
        """The first lane is 1."""
        return LANES.index(self.lane) + 1

    @property
    def can_be_leased(self) -> bool:
        """Valkey alone deals out dear calls, daily allowances and the pace of slow stores."""
        return self.cost == 1 and not self.rules and self.spacing <= microseconds(SLOWEST_LEASED)
