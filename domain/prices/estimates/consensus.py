"""Which prices are plausible together: stores differ honestly, so agreement is not equality."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from domain.prices.estimates.spread import mixed_spread, weighted_median
from domain.prices.offer import Offer
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

# Distances are between logarithms of landed prices.
FAR: Final = 3.0  # spreads from the middle: a third off is a bargain, a half is a mistake
WITNESSES: Final = 2  # as few make an agreement,
CLOSE_OF_TWO: Final = 0.15  # if they are as close as this
HISTORY_WEIGHT: Final = 1.0  # of the book's own median of 90 days among the sources


class Verdict(StrEnum):
    """What the others say to a price."""

    AGREES = "agrees"
    ALONE = "alone"  # nobody speaks for it, nobody against
    SUSPECT_LOW = "suspect_low"  # a bargain or a mistake: it is asked for again before anybody is told
    TOO_HIGH = "too_high"  # a mistake or not, nobody would buy


@dataclass(frozen=True, slots=True)
class Witness:
    """An offer, the independent `source` that it is from (a feed, or the store), how `reliable` that has been
    and how `fresh` it is: P(right when seen) and P(unchanged since).
    """

    offer: Offer
    source: str
    reliable: float
    fresh: float

    @property
    def weight(self) -> float:
        """Among the others."""
        return self.reliable * self.fresh

    @property
    def place(self) -> float:
        """The logarithm of the landed price."""
        return math.log(self.offer.landed.amount)


@dataclass(frozen=True, slots=True)
class Consensus:
    """Offers of one series, each with its verdict, in the order given; the `middle` of so many independent
    `sources` (the book's history is one) and their `spread`.
    """

    judged: Sequence[tuple[Witness, Verdict]]
    middle: float
    spread: float
    sources: int

    @property
    def usual(self) -> Money:
        """The price in the middle."""
        currency = self.judged[0][0].offer.series.currency
        return Money(round(math.exp(self.middle)), currency)

    @property
    def best(self) -> Witness | None:
        """The cheapest that can be bought and is not suspected."""
        trusted = [
            told
            for told, verdict in self.judged
            if verdict is not Verdict.SUSPECT_LOW and told.offer.availability.can_be_bought
        ]
        return min(trusted, key=lambda told: told.offer.landed.amount, default=None)

    @property
    def suspects(self) -> Sequence[Witness]:
        """To be asked for again, as they are or will be the cheapest."""
        return [told for told, verdict in self.judged if verdict is Verdict.SUSPECT_LOW]

    @property
    def agreeing(self) -> int:
        """Independent sources that agree with each other, history apart."""
        return len({told.source for told, verdict in self.judged if verdict is Verdict.AGREES})


def reliability(right: int, wrong: int) -> float:
    """P(a price is what the store sells at), after so many were asked for again at once and found within 1 %
    or not (Laplace's rule of succession).
    """
    return (right + 1) / (right + wrong + 2)


def judge(told: Sequence[Witness], history: Money | None = None) -> Consensus | None:
    """Every offer among the others, and the book's own `history` (its median price of 90 days) as one more
    source; None without any offer. Offers of one source weigh together what the heaviest of them weighs: who
    copies is no witness.
    """
    _demand_one_series(told, history)
    if not told:
        return None
    places = _placed(told, history)
    sources = len({place.source for place in places})
    middle = _middle(places, sources)
    spread = mixed_spread([(place.at - middle, place.weight) for place in places], sources)
    near = FAR * spread if sources > WITNESSES else CLOSE_OF_TWO
    agreeing = {place.source for place in places if abs(place.at - middle) <= near}
    if len(agreeing) < WITNESSES:
        near = -1.0
    verdicts = [_verdict(one.place - middle, near, FAR * spread) for one in told]
    return Consensus(tuple(zip(told, verdicts, strict=True)), middle, spread, sources)


class _Place(NamedTuple):
    source: str | None  # None: the book's own history
    at: float
    weight: float


def _placed(told: Sequence[Witness], history: Money | None) -> list[_Place]:
    heaviest: dict[str, float] = {}
    for one in told:
        heaviest[one.source] = max(one.weight, heaviest.get(one.source, 0.0))
    offers = Counter(one.source for one in told)
    places = [_Place(one.source, one.place, heaviest[one.source] / offers[one.source]) for one in told]
    if history is not None:
        places.append(_Place(None, math.log(history.amount), HISTORY_WEIGHT))
    return places


def _middle(places: Sequence[_Place], sources: int) -> float:
    """What to measure from. Between two sources there is no middle: whoever is far below the other is
    suspect, as the one above harms nobody.
    """
    if sources > WITNESSES:
        return weighted_median([(place.at, place.weight) for place in places])
    of_each: dict[str | None, list[tuple[float, float]]] = {}
    for place in places:
        of_each.setdefault(place.source, []).append((place.at, place.weight))
    return max(map(weighted_median, of_each.values()))


def _verdict(distance: float, near: float, far: float) -> Verdict:
    if abs(distance) <= near:
        return Verdict.AGREES
    if abs(distance) <= far:
        return Verdict.ALONE
    return Verdict.SUSPECT_LOW if distance < 0 else Verdict.TOO_HIGH


def _demand_one_series(told: Iterable[Witness], history: Money | None) -> None:
    series = {one.offer.series for one in told}
    currencies = {one.currency for one in series} | ({history.currency} if history else set())
    if len(series) > 1 or len(currencies) > 1:
        raise InvalidInput(
            "series", "Prices are compared within one edition, format, condition and currency."
        )
