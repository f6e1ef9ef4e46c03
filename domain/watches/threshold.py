"""When a price is news to somebody who waits for it: once, and not at every turn of it."""

from dataclasses import dataclass
from typing import Final

from domain.shared.money import Money

REARM_PERCENT: Final = 102  # of the threshold: a price that dances round it is one piece of news
REARM_CLEARS: Final = 3  # looks above the threshold in a row say as much as one far above it
AGAIN_PERCENT: Final = 98  # of what was news: a price still lower than this is news again


@dataclass(frozen=True, slots=True)
class Alert:
    """`fired_at` is the lowest price that was news since the price was last above the threshold, None:
    armed. `clears` counts the looks above the threshold in a row since then.
    """

    fired_at: Money | None = None
    clears: int = 0

    def is_news(self, price: Money, threshold: Money) -> bool:
        """It goes by what is so, not by what has changed: the first look may find news."""
        if threshold < price:
            return False
        return self.fired_at is None or price.amount * 100 <= self.fired_at.amount * AGAIN_PERCENT

    def fire(self, price: Money) -> "Alert":
        """That price was news."""
        return Alert(price)

    def below(self) -> "Alert":
        """After a look at a low price that was no news: looks above the threshold count from the first."""
        return Alert(self.fired_at)

    def clear(self, price: Money, threshold: Money) -> "Alert":
        """After a look at a price above the threshold."""
        clears = self.clears + 1
        far_above = price.amount * 100 >= threshold.amount * REARM_PERCENT
        return Alert() if far_above or clears >= REARM_CLEARS else Alert(self.fired_at, clears)

    @property
    def armed(self) -> bool:
        """Whether any price at or below the threshold is news."""
        return self.fired_at is None
