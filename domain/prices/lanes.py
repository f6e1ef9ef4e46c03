"""How fast a store may be called so that its limit is never exceeded, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.prices.store import Lane, RateLimit
from domain.shared.errors import InvalidInput

MICROSECOND: Final = timedelta(microseconds=1)
# Percent of a store's calls. Whoever is about to pay is few, but waits for nobody; readers come before what
# nobody waits for.
SHARES: Final = {Lane.CHARGE: 10, Lane.READER: 60, Lane.REFRESH: 30}


@dataclass(frozen=True, slots=True)
class Pace:
    """One call every `interval` microseconds, and after a pause at most `burst` at once."""

    interval: int
    burst: int


def safe_pace(limit: RateLimit, *, burst: int, jitter: timedelta) -> Pace:
    """The fastest pace at which no window on the store's own clock sees more than its limit, while a call
    travels up to `jitter` longer than another. Within W seconds of arrivals there are at most
    burst + floor(rate x (W + jitter)) calls, so rate < (calls - burst + 1) / (W + jitter): exactly, in whole
    microseconds. A plain bucket of `calls` filled at calls / W lets nearly twice as many through.
    """
    if not 1 <= burst <= limit.calls:
        raise InvalidInput("burst", "A burst is at least one call and not more than the limit allows.")
    if jitter < timedelta():
        raise InvalidInput("jitter", "No call arrives before it is sent.")
    window = (timedelta(seconds=limit.seconds) + jitter) // MICROSECOND
    return Pace(window // (limit.calls - burst + 1) + 1, burst)


def leased(limit: RateLimit, among: int) -> RateLimit | None:
    """The part of a limit that each of so many processes may use without hearing of the others; None if there
    is not even one call for each: then silence. The rate alone cannot be divided, as bursts add up.
    """
    calls = limit.calls // among
    return RateLimit(calls, limit.seconds) if calls else None


def shared_out(calls: int, wanted: Mapping[Lane, int]) -> dict[Lane, int]:
    """How many of the next `calls` each lane gets of what it wants: first its share, rounded by largest
    remainder, then what others left, in the order of the lanes. No call is withheld while any lane wants it.
    """
    shares = _shares(calls)
    granted = {lane: min(wanted.get(lane, 0), shares[lane]) for lane in Lane}
    left = calls - sum(granted.values())
    for lane in Lane:
        more = min(wanted.get(lane, 0) - granted[lane], left)
        granted[lane] += more
        left -= more
    return granted


def _shares(calls: int) -> dict[Lane, int]:
    parts = {lane: divmod(calls * percent, 100) for lane, percent in SHARES.items()}
    shares = {lane: whole for lane, (whole, _) in parts.items()}
    by_remainder = sorted(Lane, key=lambda lane: -parts[lane][1])  # stable: the more urgent lane wins a tie
    for lane in by_remainder[: calls - sum(shares.values())]:
        shares[lane] += 1
    return shares
