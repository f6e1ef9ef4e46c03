"""Turns by lease: what a process may do about one store without Valkey."""

from dataclasses import dataclass
from typing import Final

from adapters.redis.turns.lease import SECOND, Lease
from adapters.redis.turns.policies import ONE_REFUSAL, PAUSE, SLOWER, SLOWEST
from adapters.redis.turns.wish import Wish

AT_ONCE: Final = 0.0  # seconds to wait
IN_VAIN: Final = float("inf")


@dataclass(slots=True)
class AtStore:
    """What this process knows of a store by itself. Times are seconds on our clock."""

    rests_until: float = 0.0
    refused_until: float = 0.0
    pace: float = 1.0  # of the safe rate, as it was heard last
    used: int = 0  # our last leased moment, in microseconds on Valkey's clock

    def refused(self, now: float, rest: float) -> None:
        """It is left in peace for so long, and asked more slowly, once for each refusal."""
        self.rests_until = max(self.rests_until, now + rest)
        if now >= self.refused_until:
            self.pace = max(SLOWEST, self.pace * SLOWER)
            self.refused_until = now + max(rest, ONE_REFUSAL.total_seconds())

    def cycle(self, lease: Lease, spacing: int) -> int:
        """From one of our turns to the next, in microseconds."""
        return int(lease.apart(spacing) / self.pace)

    def take_moment(self, lease: Lease, wish: Wish, now: float, *, after_you: bool) -> float:
        """`AT_ONCE`: it is taken. Otherwise the seconds to wait. `after_you`: a higher lane waits, too."""
        soonest = self.used + self.cycle(lease, wish.spacing)
        moment = lease.next_moment(wish.spacing, now, soonest)
        if moment is None:
            return IN_VAIN
        if not lease.can_be_kept(moment, now):
            return lease.seconds_until(moment, now)
        if after_you:
            return PAUSE.total_seconds()
        self.used = moment
        return AT_ONCE

    def seconds_to_lease(self, lease: Lease, wish: Wish, now: float) -> float:
        """Until our next moment, which may be after the lease begins."""
        moment = lease.next_moment(wish.spacing, now, self.used + lease.apart(wish.spacing))
        return IN_VAIN if moment is None else max(0.0, (moment - lease.at_least(now)) / SECOND)
