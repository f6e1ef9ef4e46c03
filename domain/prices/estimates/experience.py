"""All that answers of a store have taught."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from domain.prices.estimates.consensus import reliability
from domain.prices.estimates.premium import Premiums
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import Condition

USUAL_LATENCY: Final = 0.5  # seconds, of a store that was never timed
REMEMBERED_CALLS: Final = (
    200.0  # that make up what a call usually takes: who becomes slow is known to be soon
)


class Trade(StrEnum):
    """Stores that are cheap for new books need not be so for used ones."""

    NEW = "new"
    SECOND_HAND = "second_hand"  # new books included, where they are cheaper

    @classmethod
    def of(cls, conditions: Collection[Condition]) -> "Trade":
        """In which somebody looks who takes these."""
        return cls.NEW if set(conditions) == {Condition.NEW} else cls.SECOND_HAND


@dataclass(frozen=True, slots=True)
class Experience:
    """With one store in one trade: its `model`, how often a price of it was asked for again and found `right`
    or `wrong`, and how long so many `calls` took. Two of them merge into what one would have become.
    """

    model: StoreModel = field(default_factory=StoreModel)
    right: int = 0
    wrong: int = 0
    calls: float = 0.0
    seconds: float = 0.0

    @property
    def latency(self) -> float:
        """Of a call, in seconds."""
        return self.seconds / self.calls if self.calls else USUAL_LATENCY

    @property
    def reliable(self) -> float:
        """P(a price is what it sells at). Of three hundred prices that were looked at again nearly all were
        right, so whoever has not been looked at is believed as much as a store with twenty right ones.
        """
        return reliability(self.right + _BELIEVED, self.wrong)

    def merged(self, other: "Experience") -> "Experience":
        """Both."""
        calls, seconds = self.calls + other.calls, self.seconds + other.seconds
        kept = min(1.0, REMEMBERED_CALLS / calls) if calls else 1.0
        return Experience(
            self.model.merged(other.model),
            self.right + other.right,
            self.wrong + other.wrong,
            calls * kept,
            seconds * kept,
        )


_BELIEVED: Final = 20
# Of a shop that has just opened: stores differ by 20 % or so, and seven of ten have a book.
SUPPOSED: Final = StoreModel(
    asked=10.0,
    sold=7.0,
    premiums=Premiums({place: math.exp(-((place / 10) ** 2) / 2) for place in range(-25, 26, 5)}),
)
