"""How much is measured."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Seconds and repetitions of each measurement; of the repetitions the median counts."""

    seconds: float
    ceiling_seconds: float
    repetitions: int
    workflows: int  # in one repetition of the figure of completed orders
    arrivals_for: float  # seconds of arrivals on schedule
    readers: int  # with everything running, each buys once: a confirmed order empties the cart
    rows: int  # of the file that is imported
    books: int  # made up for the search
    comparisons: int  # of prices, each of another book
    tracked: int  # books whose prices are remembered
    refreshing: float  # seconds of keeping prices fresh
    watches: int  # that wait for a price
    idle: float  # seconds of nothing but waiting
    woken: int  # of them, one after the other


FULL: Final = Plan(
    seconds=3,
    ceiling_seconds=2,
    repetitions=3,
    workflows=150,
    arrivals_for=20,
    readers=2_500,
    rows=20_000,
    books=10_000,
    comparisons=40,
    tracked=10_000,
    refreshing=20,
    watches=10_000,
    idle=60,
    woken=50,
)
QUICK: Final = Plan(
    seconds=1,
    ceiling_seconds=1,
    repetitions=1,
    workflows=40,
    arrivals_for=4,
    readers=600,
    rows=5_000,
    books=10_000,
    comparisons=12,
    tracked=10_000,
    refreshing=6,
    watches=300,
    idle=3,
    woken=10,
)
CONNECTIONS: Final = 64  # and as many clients of pgbench
