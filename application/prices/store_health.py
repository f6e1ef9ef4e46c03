"""How a store does, as all processes know it together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from domain.prices.offer import StoreName

# Seconds. A store asked once a second tells enough in a minute, and a minute ago is no news.
WINDOW: Final = 60
BUCKET: Final = 5  # seconds; the window is counted in so many at a time
FAILING: Final = 0.5  # of the calls
SLOW: Final = 0.8  # of the calls: a slow answer is still an answer
ODD: Final = 0.3  # of the quotes: who answers that much rubbish answers other rubbish, too
SLOW_AFTER: Final = 3.0  # seconds; or twice what is usual there, where that is longer
PAUSE: Final = 5.0  # seconds, twice as long each time it opens again within the window after it closed
LONGEST_PAUSE: Final = 300.0
ISOLATED_FOR: Final = 3_600.0  # seconds; a person must mend it first, and asking on may close the account
ENOUGH_PROBES: Final = 3  # in a row, one at a time
# What is usual is the 95th percentile, followed in steps of 5 % of itself: up by 19 parts of 20 where an
# answer took longer, down by one where it did not.
STEP: Final = 0.05
USUAL: Final = 0.95


class StoreState(StrEnum):
    """Closed lets everybody ask, open nobody, half-open one at a time; isolated is for a person to mend."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether somebody may ask. `wait` is how long nobody may (seconds), `usual` what 95 of 100 answers take,
    `turned` the state it has turned to by this very question, and `ticket` is to be shown with the report.
    """

    admitted: bool
    state: StoreState
    ticket: str
    wait: float = 0.0
    usual: float | None = None
    turned: StoreState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How it went. Of `quotes` offers `odd` ones can not be right."""

    failed: bool = False
    refused: bool = False
    seconds: float
    quotes: int = 0
    odd: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How many calls tell enough, and what a pause is stretched by: stores need not return in step."""

    calls: int
    stretch: float


class StoreHealth(Protocol):
    """Counts for all processes together; where they cannot, each counts alone. Never fails, and knows nothing
    of a store that does well but what is usual there.
    """

    async def admit(self, store: StoreName, probe_for: float) -> Admission:
        """May it be asked? While it is half-open, one may who is done within so many seconds."""
        ...

    async def report(
        self, store: StoreName, ticket: str, report: Report, patience: Patience
    ) -> StoreState | None:
        """How it went; what it has turned to thereby. Who was admitted before that says nothing any more."""
        ...

    async def give_back(self, store: StoreName, ticket: str) -> None:
        """It was not asked, or nothing was learnt: the next one may find out."""
        ...

    async def readmit(self, store: StoreName) -> StoreState | None:
        """A person has looked: as if nothing had been."""
        ...
