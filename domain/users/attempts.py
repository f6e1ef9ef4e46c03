"""How fast somebody may try: a few times freely, then ever more slowly."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Ladder:
    """After `free` attempts the next one waits for `first`, and each further one twice as long, up to
    `longest`. An hour without any attempt starts anew.
    """

    free: int
    first: timedelta
    longest: timedelta

    def wait_after(self, attempts: int) -> timedelta:
        """How long the next attempt has to wait after so many."""
        if attempts < self.free:
            return timedelta(0)
        doublings = min(attempts - self.free, 32)  # 2^32 times anything is beyond `longest`
        return min(self.first * (1 << doublings), self.longest)


FORGOTTEN_AFTER: Final = timedelta(hours=1)  # longer than the longest wait and the window it protects
_QUARTER: Final = timedelta(minutes=15)

# Together at most 10 guesses at one account in any 15 minutes, from however many addresses.
ACCOUNT: Final = Ladder(free=8, first=timedelta(minutes=5), longest=_QUARTER)
# One address is slowed down first, so that it cannot use up what the owner may need elsewhere.
ACCOUNT_FROM_ADDRESS: Final = Ladder(free=5, first=timedelta(seconds=30), longest=_QUARTER)
# A browser that signed in before has an allowance of its own: nobody else can lock its owner out.
ACCOUNT_FROM_DEVICE: Final = ACCOUNT_FROM_ADDRESS
# One password tried on many accounts; roomy enough for an office behind one address.
ADDRESS: Final = Ladder(free=300, first=timedelta(seconds=30), longest=_QUARTER)
# Opening accounts in bulk; a class of students or a load test stays below it.
REGISTRATIONS: Final = Ladder(free=1000, first=timedelta(seconds=1), longest=timedelta(minutes=1))


class AttemptCounters(Protocol):
    """Counts attempts by key, for all processes together."""

    async def spend(self, key: str, ladder: Ladder, now: datetime) -> timedelta:
        """Count an attempt and return zero; or count nothing and return how long to wait."""
        ...

    async def refund(self, key: str, ladder: Ladder) -> None:
        """The last attempt was an honest one: as if it had not been made."""
        ...

    async def clear(self, key: str) -> None:
        """Start anew."""
        ...


class DeviceTokens(Protocol):
    """Tokens by which a browser proves that it signed in to an account before."""

    def issue(self, account: bytes) -> str:
        """A new device of the account."""
        ...

    def device(self, token: str, account: bytes) -> str | None:
        """The device's id, if this very account was signed in to from it."""
        ...
