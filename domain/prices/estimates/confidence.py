"""How likely the best price still stands, should the store be asked again."""

import math
from enum import StrEnum
from typing import Final

from domain.prices.estimates.consensus import WITNESSES, Consensus, Witness

HIGH, MEDIUM = 0.85, 0.6
# A wrong price lies anywhere around the right one: three times as far as honest ones spread.
MISTAKES: Final = 3.0


class Band(StrEnum):
    """What readers are told."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def confidence(best: Witness, consensus: Consensus) -> float:
    """P(unchanged since it was seen) x P(right when it was seen). The latter is how reliable its source has
    been, and by Bayes less the further the price lies below the others: of honest prices few do, of wrong
    ones many, and to be the cheapest is what a mistake is good at.
    """
    return best.fresh * _right_when_seen(best, consensus)


def band(probability: float, agreeing: int) -> Band:
    """For a calibrated probability. With one witness alone nothing is ever called high: its number may be so,
    but nobody else could tell.
    """
    if probability >= HIGH and agreeing >= WITNESSES:
        return Band.HIGH
    return Band.MEDIUM if probability >= MEDIUM else Band.LOW


def _right_when_seen(best: Witness, consensus: Consensus) -> float:
    if consensus.sources < WITNESSES:
        return best.reliable
    error = consensus.spread * math.sqrt(1 + 1 / consensus.sources)  # the middle is an estimate, too
    below = max(consensus.middle - best.place, 0.0) / error
    honest = best.reliable * math.exp(-(below**2) / 2)
    mistaken = (1 - best.reliable) * math.exp(-((below / MISTAKES) ** 2) / 2) / MISTAKES
    return honest / (honest + mistaken)
