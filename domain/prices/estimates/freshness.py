"""How long a remembered price may be trusted, and when it is asked for anew."""

import math
from enum import Enum
from typing import Final

from domain.shared.errors import InvalidInput

TARGET: Final = 0.95  # P(still right) up to which a price is shown without a word about its age
JITTER: Final = 0.1  # of a life: what was asked together does not die together
STALE_LIVES: Final = 4  # RFC 5861's idea: an old answer with its age is better than none, up to here
NOT_SOLD_LIFE: Final = 24 * 3600.0  # a book that a store does not have will hardly be there within hours
FIRST_ERROR_LIFE, LONGEST_ERROR_LIFE = 5.0, 30.0  # an error is no price: kept as long it would hide the store


class Tier(Enum):
    """By how often a book is asked for: the longest life of its prices, in seconds, whatever is believed of
    how often they change.
    """

    L0 = 5 * 60.0
    L1 = 15 * 60.0
    L2 = 2 * 3600.0
    L3 = 24 * 3600.0

    @classmethod
    def of(cls, demand: float) -> "Tier":
        """The shortest life within which a book that is asked for `demand` times a second is asked for once:
        a shorter one would end with nobody having looked.
        """
        return next((tier for tier in cls if demand * tier.value >= 1), cls.L3)


def still_right(change_rate: float, age: float) -> float:
    """P(the price is what it was `age` seconds ago), as changes come independently of each other."""
    return math.exp(-change_rate * age)


def life(change_rate: float, tier: Tier, *, jitter: float, target: float = TARGET) -> float:
    """Seconds until P(still right) falls to `target`, never more than the tier allows; `jitter` is drawn
    evenly from -1 to 1.
    """
    if not -1 <= jitter <= 1:
        raise InvalidInput("jitter", "Jitter lies between -1 and 1.")
    longest = tier.value / (1 + JITTER)  # so that jitter does not break the tier's promise
    wanted = -math.log(target) / change_rate if change_rate > 0 else longest
    return min(wanted, longest) * (1 + JITTER * jitter)


def stale_limit(of_life: float) -> float:
    """The age from which a price is not shown any more, not even as an old one."""
    return STALE_LIVES * of_life


def error_life(failures: int) -> float:
    """How long a store that failed so many times in a row is not asked for the same book again."""
    return min(FIRST_ERROR_LIFE * 2.0 ** min(failures - 1, 10), LONGEST_ERROR_LIFE)


def due_early(left: float, recompute: float, *, chance: float) -> bool:
    """Whether this reader renews an answer that lives for `left` seconds more and took `recompute` seconds to
    get, so that readers do not all find it dead at once. `chance` is drawn evenly from 0 (excluded) to 1.
    XFetch of Vattani, Chierichetti and Lowenstein, VLDB 2015, with beta = 1:
    P(due) = exp(-left / recompute).
    """
    return -recompute * math.log(chance) >= left
