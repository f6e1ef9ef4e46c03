"""What came of keeping a store's prices fresh for some minutes."""

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """Why it stopped."""

    TIME = "time"  # it is to go on
    TOLD = "told"  # somebody said so
    REFUSED = "refused"  # the store does not accept us: a person must look
    GONE = "gone"  # the store has no description any more
    OFF = "off"  # the shop is set to keep no prices fresh


@dataclass(frozen=True)
class Batch:
    """Plain numbers, for histories and for people. Of the calls so many were `asked`; of those `answered`,
    with or without offers, and `failed`; the others found the store `busy` or left in peace (`resting`).
    `given_up` books were set aside in this batch.

    `a_minute` is the budget, `lane` what the store's limit leaves to refreshing, `pace` the part of the
    budget that was spent last: less than all while the shop itself is behind. `price` is what a call is
    worth, in questions answered wrongly. Of `waiting` books so many are `set_aside`; `fresh` is P(what is
    remembered is right) for what readers ask for. `answers` and `slowest` are of today: the share of calls
    that were answered, and how long the slowest twentieth of them took (seconds).
    """

    ending: Ending = Ending.TIME
    asked: int = 0
    answered: int = 0
    failed: int = 0
    busy: int = 0
    resting: int = 0
    given_up: int = 0
    a_minute: float = 0.0
    lane: float = 0.0
    pace: float = 1.0
    price: float = 0.0
    waiting: int = 0
    set_aside: int = 0
    fresh: float | None = None
    answers: float | None = None
    slowest: float | None = None
    breaker: str = "closed"
