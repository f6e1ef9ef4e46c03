"""When to tell somebody who waits for a price, once and not at every turn of it."""

from dataclasses import dataclass
from datetime import time
from typing import Final

from domain.shared.money import Money

REARM_PERCENT: Final = 102  # of the target: a price that dances round it is one piece of news
REARM_CLEARS: Final = 3  # looks above the target in a row say as much as one far above it
AGAIN_PERCENT: Final = 98  # of what was told: a price still lower than this is news again


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` until `end` on the reader's clock, over midnight if `end` is earlier; none if equal."""

    begin: time
    end: time

    def cover(self, local: time) -> bool:
        """Whether it is quiet now."""
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody wants to know of a price at or below `target`. `told` is the lowest price she was told of
    since the price was last above it, None: none; `clears` counts the looks above the target in a row.
    """

    target: Money
    told: Money | None = None
    clears: int = 0

    def look(self, price: Money | None, *, quiet: bool = False) -> tuple["Alert", bool]:
        """The alert after a look at the best price, and whether to tell of it. It goes by what is so, not by
        what has changed: the first look may tell, and what quiet hours held back is told after them, if it
        is still so. None (no store has it, none answered) says nothing about the price.
        """
        if price is None:
            return self, False
        if self.target < price:
            return self._above(price), False
        if quiet or not self._is_news(price):
            return Alert(self.target, self.told), False
        return Alert(self.target, price), True

    def _is_news(self, price: Money) -> bool:
        return self.told is None or price.amount * 100 <= self.told.amount * AGAIN_PERCENT

    def _above(self, price: Money) -> "Alert":
        clears = self.clears + 1
        far_above = price.amount * 100 >= self.target.amount * REARM_PERCENT
        if far_above or clears >= REARM_CLEARS:
            return Alert(self.target)
        return Alert(self.target, self.told, clears)
