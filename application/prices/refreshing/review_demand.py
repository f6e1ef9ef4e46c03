"""What readers will ask for, as far as the shop can know."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from application.prices.refreshing.ports import DemandSource, Interests
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn

FORGOTTEN_AFTER: Final = timedelta(days=30)  # of a question so old nothing is left that could be counted
AT_ONCE: Final = 1_000  # books forgotten in a call


class ReviewDemand:
    """What every source expects is added up for each book; books that nobody wants any more are let go."""

    def __init__(self, sources: Sequence[DemandSource], interests: Interests, clock: Clock) -> None:
        self._sources = sources
        self._interests = interests
        self._clock = clock

    async def __call__(self) -> int:
        """How many books are expected to be asked for. Raises `DatabaseUnavailable`."""
        now = self._clock.now()
        expected: defaultdict[Isbn, float] = defaultdict(float)
        for source in self._sources:
            for isbn, per_second in (await source.expected(now)).items():
                expected[isbn] += per_second
        await self._interests.expect(expected, now)
        await self._interests.forget(now - FORGOTTEN_AFTER, AT_ONCE)
        return len(expected)
