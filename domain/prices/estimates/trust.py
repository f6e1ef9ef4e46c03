"""How far a remembered answer of a store may be relied upon by now."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.prices.answer import Told
from domain.prices.estimates.freshness import (
    JITTER,
    NOT_SOLD_LIFE,
    Tier,
    due_early,
    error_life,
    life,
    stale_limit,
    still_right,
)
from domain.prices.memory import Known, Trouble

_HALF: Final = 2**31


@dataclass(frozen=True, slots=True)
class Trust:
    """`age` and `life` in seconds; `still_right` is the probability that the store would say the same now."""

    age: float
    life: float
    still_right: float

    @property
    def is_fresh(self) -> bool:
        """Given without a word about its age."""
        return self.age <= self.life

    @property
    def is_of_use(self) -> bool:
        """Given at least as an old one."""
        return self.age <= stale_limit(self.life)


def trust(known: Known, tier: Tier, now: datetime) -> Trust:
    """That something is not sold lives longer than any price."""
    age = _seconds(known.told.at, now)
    rate = known.change_rate.per_second
    jitter = _jitter(known.told)
    if known.told.offers:
        lives = life(rate, tier, jitter=jitter)
    else:
        lives = NOT_SOLD_LIFE * (1 + JITTER * jitter) / (1 + JITTER)
    return Trust(age, lives, still_right(rate, age))


def to_renew(known: Known, trusted: Trust, *, chance: float) -> bool:
    """Whether this caller asks again though the answer is fresh, so that it does not die under everybody's
    hands; `chance` is drawn evenly from 0 (excluded) to 1.
    """
    return due_early(trusted.life - trusted.age, known.told.took.total_seconds(), chance=chance)


def left_alone(trouble: Trouble, now: datetime) -> bool:
    """Whether a store that failed is not asked for this book again yet."""
    return _seconds(trouble.at, now) < error_life(trouble.failures)


def _seconds(since: datetime, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0)  # clocks of two machines differ a little


def _jitter(told: Told) -> float:
    """From -1 to 1: drawn from the answer itself, so that all processes draw the same."""
    drawn = zlib.crc32(f"{told.isbn} {told.store} {told.at.timestamp()}".encode())
    return drawn / _HALF - 1
