"""How fast a store may be asked so that it never counts more calls than it allows.

A store counts when a call arrives, we decide when it sets out. If calls have moments at least `spacing`
apart and each arrives between `A` and `A + JITTER` after its moment, then more than `calls` of them need
longer than `seconds`: `calls * spacing > seconds + JITTER`. That is the whole proof, and it holds for every
window.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.prices.store import Lane, RateLimit, StoreTerms
from domain.shared.errors import InvalidInput

# How far a call may stray from its moment, half of it on our side and half on the way. A tenth of a second is
# many times what a quiet process or a line within a continent needs; twice as much would cost a store of one
# call a second another seventh of its calls.
SETS_OUT_WITHIN: Final = timedelta(milliseconds=100)
WAY_VARIES_BY: Final = timedelta(milliseconds=100)
JITTER: Final = SETS_OUT_WITHIN + WAY_VARIES_BY
# Within a minute calls are spread evenly: nobody notices the wait. Over a day that would turn a thousand
# calls into one every 86 s; there a quarter may go at once after a rest, and the others come more slowly.
EVEN_UP_TO: Final = timedelta(minutes=1)
AT_ONCE: Final = 4  # one in so many
# Where nobody remembers what was spent, a tenth of what may be saved up is for readers at once, beside what
# is kept for who is about to pay. The pace leaves room for that, once in any window.
ANEW: Final = 10  # one in so many
# A store that states a daily allowance alone is asked no faster than the fastest of the others.
FASTEST: Final = RateLimit(calls=10, seconds=1)
# A call that counts for more is not made: after every loss room would have to be kept for it.
DEAREST: Final = 5
# Of a hundred calls. What a lane leaves unused flows to the first of these that has somebody waiting.
SHARES: Final[Mapping[Lane, int]] = {Lane.CHARGE: 10, Lane.READER: 60, Lane.REFRESH: 30}

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """One call every `interval` microseconds, and after a pause at most `burst` at once; `anew` of them where
    nothing is known of the time before.
    """

    interval: int
    burst: int
    anew: int = 0


def safe_pace(limit: RateLimit, *, burst: int, jitter: timedelta = JITTER) -> Pace:
    """The fastest pace at which no window on the store's own clock sees more than its limit, while a call
    strays up to `jitter` from its moment. Within W seconds of arrivals there are at most
    burst + floor(rate x (W + jitter)) calls, so rate < (calls - burst + 1) / (W + jitter): exactly, in whole
    microseconds. A plain bucket of `calls` filled at calls / W lets nearly twice as many through.
    """
    if not 1 <= burst <= limit.calls:
        raise InvalidInput("burst", "A burst is at least one call and not more than the limit allows.")
    if jitter < timedelta():
        raise InvalidInput("jitter", "No call arrives before it is sent.")
    window = (timedelta(seconds=limit.seconds) + jitter) // _MICROSECOND
    return Pace(window // (limit.calls - burst + 1) + 1, burst)


def spacing(terms: StoreTerms) -> timedelta:
    """The least time between the moments of two calls that count for one each."""
    short = [limit for limit in terms.limits if _is_short(limit)] or [FASTEST]
    return max(safe_pace(limit, burst=1).interval for limit in short) * _MICROSECOND


def allowances(terms: StoreTerms) -> Mapping[int, Pace]:
    """The rules over a longer time, by their seconds."""
    return {limit.seconds: _saved_up(limit) for limit in terms.limits if not _is_short(limit)}


def dearest(terms: StoreTerms) -> int:
    """For how many a call to it may count at most."""
    short = (limit.calls for limit in terms.limits if _is_short(limit))
    return min([DEAREST, *short, *(pace.burst for pace in allowances(terms).values())])


def _saved_up(limit: RateLimit) -> Pace:
    burst = max(1, limit.calls // AT_ONCE)
    for_others = burst - max(1, burst * (100 - SHARES[Lane.CHARGE]) // 100)
    anew = min(for_others + max(1, burst // ANEW), limit.calls - burst)
    return Pace(safe_pace(limit, burst=burst + anew).interval, burst, anew)


def _is_short(limit: RateLimit) -> bool:
    return timedelta(seconds=limit.seconds) <= EVEN_UP_TO
