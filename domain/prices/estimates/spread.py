"""The middle of prices and how far they spread, undisturbed by a few that are wrong."""

import math
from collections.abc import Sequence
from typing import Final

NORMAL: Final = 1.4826  # the standard deviation of a normal distribution is so many times its MAD
# Honest stores spread by 12 % or so. The MAD of a few is mostly chance, and a mistake among them widens it:
# so what is known beforehand is mixed in with the weight of so many sources. docs/price-quality.md
# compares.
HONEST_SPREAD, HONEST_SOURCES = 0.12, 16
MANY: Final = 4  # sources from which on theirs says anything

Weighted = tuple[float, float]  # a value, and its weight


def weighted_median(values: Sequence[Weighted]) -> float:
    """The value that half of the weight is below; the mean of two if it lies between them."""
    half, passed = sum(weight for _, weight in values) / 2, 0.0
    ordered = sorted(values)
    for place, (value, weight) in enumerate(ordered):
        passed += weight
        if math.isclose(passed, half) and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
        if passed >= half:
            return value
    return ordered[-1][0]


def mixed_spread(distances: Sequence[Weighted], sources: int) -> float:
    """The standard deviation of honest prices, from their distances to the middle (by the weighted median of
    these, MAD) and from experience.
    """
    if sources < MANY:
        return HONEST_SPREAD
    seen = NORMAL * weighted_median([(abs(distance), weight) for distance, weight in distances])
    variance = HONEST_SOURCES * HONEST_SPREAD**2 + sources * seen**2
    return math.sqrt(variance / (HONEST_SOURCES + sources))
