"""How much more or less than usual a store asks: the distribution of its premiums, in a few dozen counts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

WIDTH: Final = 0.02  # of a bin, in logarithms: prices within 2 % of each other are the same premium
OUTERMOST: Final = 64  # bins on each side: from 0.28 to 3.6 times the usual; whatever is beyond counts there


@dataclass(frozen=True, slots=True)
class Premiums:
    """How often each premium was seen: ln(landed price / usual price of the book), rounded to bins. Counts
    are whole until they age. Two of them merge into what one would have become that had seen both.
    """

    counts: Mapping[int, float] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """How many were seen."""
        return sum(self.counts.values())

    def seen(self, premium: float) -> "Premiums":
        """One more."""
        place = min(max(round(premium / WIDTH), -OUTERMOST), OUTERMOST)
        return Premiums({**self.counts, place: self.counts.get(place, 0.0) + 1.0})

    def merged(self, other: "Premiums") -> "Premiums":
        """Both."""
        places = self.counts.keys() | other.counts.keys()
        return Premiums({p: self.counts.get(p, 0.0) + other.counts.get(p, 0.0) for p in places})

    def scaled(self, factor: float) -> "Premiums":
        """The same distribution with another weight; bins that hardly weigh anything are dropped."""
        aged = {place: count * factor for place, count in self.counts.items()}
        return Premiums({place: count for place, count in aged.items() if count >= _FORGOTTEN})

    def median(self) -> float:
        """The premium that half of all are below; 0 while none was seen."""
        half, passed = self.weight / 2, 0.0
        for place in sorted(self.counts):
            passed += self.counts[place]
            if passed >= half:
                return place * WIDTH
        return 0.0

    def deviation(self) -> float:
        """The standard deviation; 0 while none was seen."""
        weight = self.weight
        if not weight:
            return 0.0
        mean = sum(place * count for place, count in self.counts.items()) / weight
        squares = sum((place - mean) ** 2 * count for place, count in self.counts.items())
        return math.sqrt(squares / weight) * WIDTH


_FORGOTTEN: Final = 0.05  # of one observation
