"""What is known of a book's prices without asking anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.prices.estimates.freshness import Tier
from domain.prices.estimates.trust import Trust, left_alone, to_renew, trust
from domain.prices.memory import Layer, PriceMemory, StoreMemory
from domain.prices.offer import StoreName
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn


class Standing(StrEnum):
    """What to do about a store."""

    FRESH = "fresh"  # give what it told
    DUE = "due"  # give what it told, and ask it again: it will be old soon, and the lot fell on this caller
    STALE = "stale"  # ask it; while it does not answer, give what it told with its age
    UNKNOWN = "unknown"  # ask it: what it told, if anything, is too old to be given


@dataclass(frozen=True, slots=True)
class Recalled:
    """Of one store: `trust` in what it told last, if it ever told anything. `left_alone`: it failed a moment
    ago, so it is not to be asked for this book whatever its standing.
    """

    memory: StoreMemory
    trust: Trust | None
    standing: Standing
    left_alone: bool


@dataclass(frozen=True, slots=True)
class Recollection:
    """Of one edition, by stores."""

    isbn: Isbn
    stores: Mapping[StoreName, Recalled]
    tier: Tier
    layer: Layer

    def of(self, store: StoreName) -> Recalled:
        """One that was never asked is unknown."""
        return self.stores.get(store) or Recalled(StoreMemory(), None, Standing.UNKNOWN, left_alone=False)


class RecallPrices:
    """What stores told lives as long as it is likely to be still right, and no longer than its book's tier
    allows; up to four times that long it is given with its age. Errors are remembered for seconds.
    """

    def __init__(self, memory: PriceMemory, clock: Clock, chance: Callable[[], float]) -> None:
        """`chance` draws evenly from 0 to 1, 0 excluded."""
        self._memory = memory
        self._clock = clock
        self._chance = chance

    async def __call__(self, isbn: Isbn) -> Recollection:
        """Raises `DatabaseUnavailable` where nothing nearer remembers the book."""
        remembered = await self._memory.recall(isbn)
        now = self._clock.now()

        def recalled(memory: StoreMemory) -> Recalled:
            alone = memory.trouble is not None and left_alone(memory.trouble, now)
            if memory.known is None:
                return Recalled(memory, None, Standing.UNKNOWN, alone)
            trusted = trust(memory.known, remembered.tier, now)
            due = trusted.is_fresh and to_renew(memory.known, trusted, chance=self._chance())
            return Recalled(memory, trusted, _standing(trusted, due=due), alone)

        stores = {store: recalled(memory) for store, memory in remembered.stores.items()}
        return Recollection(isbn, stores, remembered.tier, remembered.layer)


def _standing(trusted: Trust, *, due: bool) -> Standing:
    if trusted.is_fresh:
        return Standing.DUE if due else Standing.FRESH
    return Standing.STALE if trusted.is_of_use else Standing.UNKNOWN
