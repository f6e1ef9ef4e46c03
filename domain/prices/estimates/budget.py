"""How often a store is asked only to keep its prices fresh."""

from typing import Final

from domain.prices.pace import SHARES, allowances, spacing
from domain.prices.store import Lane, StoreTerms

MINUTE: Final = 60.0
_MICROSECONDS: Final = 1_000_000


def lane_a_minute(terms: StoreTerms) -> float:
    """Calls that are left to refreshing in a minute: its share of what may be asked in safety. More than that
    is never asked only to keep prices fresh, even where nobody else wants to know: a limit is no invitation.
    """
    long = (pace.interval / _MICROSECONDS for pace in allowances(terms).values())
    slowest = max([spacing(terms).total_seconds(), *long])
    return MINUTE / slowest * SHARES[Lane.REFRESH] / 100


def calls_a_minute(terms: StoreTerms, at_most: float) -> float:
    """How often it is asked to keep its prices fresh, if the shop has time for `at_most`."""
    return min(at_most, lane_a_minute(terms))


def ease(observed: float, fine: float, worst: float) -> float:
    """The part of its pace that refreshing keeps: all of it up to `fine`, nothing from `worst` on."""
    return min(max((worst - observed) / (worst - fine), 0.0), 1.0)
