"""Which stores to ask for a book, in which order, and when enough have answered."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.prices.estimates.consensus import WITNESSES
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import StoreName

FIRST_WAVE, LARGEST_WAVE = 5, 8  # stores asked at once: fewer cost time, more cost calls that nobody needed
EXPLORATION: Final = 0.05  # of all comparisons give stores a chance that nobody has asked for long
ANSWERED, PATIENCE = 0.8, 1.5  # a wave is over when this part of it has answered or after so many seconds
IMPATIENCE: Final = 0.5  # seconds: no price at all is worse than some calls more than were needed
LAST_WAVE: Final = 3.0  # seconds before the deadline: an answer to a later one would come too late
# Seconds, or so many times what is usual there: who is silent for longer is dead rather than slow.
SILENT, TIMES_USUAL = 3.0, 4.0
LEAST_SPREAD: Final = 0.03  # of a store's premiums, in logarithms: few answers look more alike than they are


@dataclass(frozen=True, slots=True)
class Prospect:
    """A store that may be asked, and its reservation value as a part of the book's usual price."""

    store: StoreName
    value: float


def explores(chance: float) -> bool:
    """Whether this comparison explores: whether it draws an optimism for each store from the standard
    normal distribution (Thompson, 1933) instead of none. Whoever is well known stays where it is, whoever
    is not gets a chance. `chance` is drawn evenly from 0 to 1.
    """
    return chance < EXPLORATION


def ranked(values: Mapping[StoreName, float]) -> list[Prospect]:
    """The stores in the order in which they are asked, by their reservation values."""
    return [
        Prospect(store, value) for value, store in sorted((value, store) for store, value in values.items())
    ]


def next_wave(waiting: Sequence[Prospect], best: float | None, agreeing: int) -> Sequence[Prospect]:
    """Who is asked next of those `waiting` in their order, none if enough is known: when no other is likely
    to beat the `best` price (a part of the usual one, None: none yet), and `agreeing` independent sources
    agree on it.
    """
    if best is None:
        return waiting[:FIRST_WAVE]
    could_beat_it = sum(prospect.value < best for prospect in waiting)
    return waiting[: min(max(could_beat_it, WITNESSES - agreeing), LARGEST_WAVE)]


def patience(best: float | None) -> float:
    """Seconds that a wave lasts at most; `best` is the best price so far, None: none yet."""
    return IMPATIENCE if best is None else PATIENCE


def wave_is_over(asked: int, answered: int, waited: float, best: float | None) -> bool:
    """Whether to look at what has come; who answers later still counts. `waited` are seconds, `best` is as
    above.
    """
    return answered >= math.ceil(ANSWERED * asked) or waited >= patience(best)


def may_still_answer(silent: float, usual: float) -> bool:
    """Whether to wait for a store that was asked so many seconds ago and takes the `usual` ones, once a price
    is known.
    """
    return silent < max(SILENT, TIMES_USUAL * usual)


def usual_price(before: float, doubt: float, answers: Iterable[tuple[int, StoreModel]]) -> float:
    """What the book costs at a store that is neither dear nor cheap, in minor units: known `before` with a
    standard error of `doubt` (in logarithms: 0.08 for a median of 90 days, 1 for a mere guess), now that
    stores with these models ask these prices.
    """
    weight = 1 / doubt**2
    total = math.log(before) * weight
    for price, model in answers:
        certainty = 1 / (model.premiums.deviation() ** 2 + LEAST_SPREAD**2)
        total += (math.log(price) - model.premiums.median()) * certainty
        weight += certainty
    return math.exp(total / weight)
