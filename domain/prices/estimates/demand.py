"""How often a book's price will be asked for: what refreshing it is worth depends on nothing else so much."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

HALF_LIFE: Final = 86_400.0  # a day: a week would miss what the evening news sold, an hour is mostly noise
WINDOW: Final = HALF_LIFE / math.log(2)  # seconds that a count with this half-life stands for
# Against the noise of small counts a book is first thought to be like its kind, with the weight of one
# question.
PRIOR_QUESTIONS: Final = 1.0
RELATED_SHARE: Final = 0.05  # of the questions for one book are followed by one for a book beside it
MOST_SEASON: Final = 4.0  # times the usual, or as little as a quarter: one odd week is no season
SEASON_WEIGHT: Final = 20.0  # questions that a week must outweigh before it is a season
PURCHASE_QUESTIONS: Final = 3.0  # a reader looks about so many times before she buys
WATCH_QUESTIONS: Final = 24 / 86_400  # a reader who had to look for herself would look once an hour
# Half of all changes of a price are below 7 %: their logarithms are Laplace distributed with this scale.
TYPICAL_CHANGE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Interest:
    """Questions counted so that those of a day ago count half: `weight` as it was at the moment `at`."""

    weight: float
    at: float

    def asked(self, at: float, times: int = 1) -> "Interest":
        """After `times` more questions at `at`, which is not before the last one."""
        return Interest(self.weight_at(at) + times, at)

    def weight_at(self, at: float) -> float:
        """What is left of it at that time."""
        return self.weight * math.exp2((self.at - at) / HALF_LIFE)

    def per_second(self, at: float, usual: float) -> float:
        """Questions a second; `usual` is how many a book of its kind gets."""
        if usual <= 0:
            return self.weight_at(at) / WINDOW
        return (self.weight_at(at) + PRIOR_QUESTIONS) / (WINDOW + PRIOR_QUESTIONS / usual)


@dataclass(frozen=True, slots=True)
class ClubPlan:
    """A club reads the book: so many `members` may buy it, each with that `probability`, within `seconds`."""

    members: int
    probability: float
    seconds: float

    @property
    def per_second(self) -> float:
        """Grows as the meeting comes near; in the last day it stays, as books no longer come in time."""
        return PURCHASE_QUESTIONS * self.members * self.probability / max(self.seconds, HALF_LIFE)


@dataclass(frozen=True, slots=True)
class WatchedPrice:
    """Somebody waits for a price: the `target` and the best `current` one, in minor units."""

    target: int
    current: int

    @property
    def per_second(self) -> float:
        """Worth as many questions as it is likely that the next change crosses the target."""
        return WATCH_QUESTIONS * crossing(self.target, self.current)


def crossing(target: int, current: int) -> float:
    """P(the next change takes the price to the target or below)."""
    if current <= target:
        return 1.0
    return 0.5 * math.exp(-math.log(current / target) / TYPICAL_CHANGE)


def season(asked_in_week: float, mean_of_weeks: float) -> float:
    """How much more than usual a kind of book is asked for in this week of the year, from earlier years."""
    factor = (asked_in_week + SEASON_WEIGHT) / (mean_of_weeks + SEASON_WEIGHT)
    return min(max(factor, 1 / MOST_SEASON), MOST_SEASON)


def forecast(
    own: float,
    *,
    season: float = 1.0,
    related: Iterable[float] = (),
    clubs: Iterable[ClubPlan] = (),
    watches: Iterable[WatchedPrice] = (),
) -> float:
    """Questions a second that are to be expected: its `own` by the season, and those that others bring."""
    known_ahead = sum(plan.per_second for plan in clubs) + sum(watch.per_second for watch in watches)
    return season * own + RELATED_SHARE * sum(related) + known_ahead
