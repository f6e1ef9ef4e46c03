"""The moments in which a process may call while Valkey is away: its lease, read on its own clock."""

from dataclasses import dataclass
from typing import Final

from adapters.redis.turns.policies import DRIFT, microseconds
from domain.prices.pace import SETS_OUT_WITHIN

SECOND: Final = 1_000_000  # microseconds
NO_LEASE: Final = 2**53  # for Valkey: later than any


@dataclass(frozen=True, slots=True)
class Lease:
    """Between `starts` and `ends` (microseconds on Valkey's clock) the odd multiples of a store's spacing
    that fall to `seat`, of `seats`, are this process's. Valkey's clock said `said` at some time between
    `asked` and `heard` (seconds on ours, which never goes back): so we know it within bounds, and believe
    the worse one.
    """

    seat: int
    seats: int
    starts: int
    ends: int
    said: int
    asked: float
    heard: float

    def at_least(self, now: float) -> int:
        """What Valkey's clock has reached for certain."""
        return self.said + int((now - self.heard) * (1 - DRIFT) * SECOND)

    def at_most(self, now: float) -> int:
        """What Valkey's clock has not passed for certain."""
        return self.said + int((now - self.asked) * (1 + DRIFT) * SECOND) + 1

    def has_begun(self, now: float) -> bool:
        """Whether its moments have come."""
        return self.at_least(now) >= self.starts

    def has_ended(self, now: float) -> bool:
        """Whether they may be another's by now."""
        return self.at_most(now) >= self.ends

    def apart(self, spacing: int) -> int:
        """From one of its moments to the next; the `spacing` is the store's."""
        return 2 * self.seats * spacing

    def next_moment(self, spacing: int, now: float, after: int) -> int | None:
        """The first that can still be kept and is not before `after`; None if there is none left."""
        soonest = max(self.starts, after, self.at_most(now) - microseconds(SETS_OUT_WITHIN))
        place = -(-soonest // spacing)
        place += (2 * self.seat + 1 - place) % (2 * self.seats)
        moment = place * spacing
        return moment if moment < self.ends else None

    def seconds_until(self, moment: int, now: float) -> float:
        """Until it has come for certain."""
        return (moment - self.at_least(now)) / SECOND / (1 - DRIFT)

    def can_be_kept(self, moment: int, now: float) -> bool:
        """Whether this is the time for it: not earlier, and hardly later."""
        latest = min(moment + microseconds(SETS_OUT_WITHIN), self.ends)
        return self.at_least(now) >= moment and self.at_most(now) < latest
