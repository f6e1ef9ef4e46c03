"""Where prices and days lie in a picture, and which of them are written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LEFT, RIGHT, TOP, BOTTOM = 78.0, 20.0, 84.0, 66.0  # around the lines; for words
WIDTH, HEIGHT = 760.0, 380.0
STEPS: Final = (1, 2, 5)  # and ten times those, and so on: what people count in
MOST_LINES: Final = 5
DATES: Final = 6
AIR: Final = 8  # one in so many of the prices' range stays free above and below
MONTHS_FROM: Final = timedelta(days=200)  # a longer time is told by months


@dataclass(frozen=True, slots=True)
class Scales:
    """From the first moment to the last across, from the lower to the upper amount of minor units up."""

    since: datetime
    until: datetime
    low: int
    high: int

    @classmethod
    def fitting(cls, since: datetime, until: datetime, amounts: Sequence[int]) -> "Scales":
        """With air around all amounts, of which there is at least one; never below nothing."""
        low, high = min(amounts), max(amounts)
        air = max((high - low) // AIR, low // 50, 1)
        return cls(since, until, max(low - air, 0), high + air)

    def x(self, at: datetime) -> float:
        """Across; a moment outside lies on the edge."""
        part = (at - self.since) / (self.until - self.since)
        return LEFT + (WIDTH - LEFT - RIGHT) * min(max(part, 0.0), 1.0)

    def y(self, amount: int) -> float:
        """Up."""
        part = (amount - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * part

    def amounts(self) -> Sequence[int]:
        """Round ones, a few."""
        step = next(step for step in _steps() if (self.high - self.low) // step < MOST_LINES)
        first = -(-self.low // step) * step
        return range(first, self.high + 1, step)

    def dates(self) -> Sequence[tuple[datetime, str]]:
        """Evenly, with their names."""
        span = self.until - self.since
        words = (
            "%b %Y" if span > MONTHS_FROM else "%-d %b" if span > timedelta(days=DATES) else "%-d %b %H:%M"
        )
        moments = [self.since + span * place / (DATES - 1) for place in range(DATES)]
        return [(at, at.strftime(words)) for at in moments]


def _steps() -> Sequence[int]:
    return [step * 10**power for power in range(16) for step in STEPS]
