"""Draws that are as uneven as books are: few are many, most are rare (Zipf's law)."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Stock(Generic[T]):
    """Things by how common they are: the k-th is drawn about 1/(k + `level`) as often as the first; a higher
    `level` makes the first ones more alike.
    """

    def __init__(self, things: Sequence[T], level: int = 2) -> None:
        self.things = things
        self._up_to = list(accumulate(1 / (place + level) for place in range(len(things))))

    def draw(self, dice: Random) -> T:
        """One of them."""
        return self.things[bisect(self._up_to, dice.random() * self._up_to[-1])]


def how_many(dice: Random, steepness: float, most: int) -> int:
    """One for most, `most` for very few: a number of k or more comes with k to the power of -`steepness`."""
    return min(most, int((1.0 - dice.random()) ** (-1.0 / steepness)))
