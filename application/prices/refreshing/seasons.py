"""Which kinds of books are asked for more than usual at this time of the year."""

from collections.abc import Callable, Mapping
from typing import Final

from application.prices.refreshing.ports import Interests
from domain.prices.estimates.demand import season
from domain.shared.clock import Clock

LOOK_AGAIN: Final = 3_600.0  # seconds; a week of the year does not end more often


class Seasons:
    """From what was asked for a year ago; in its first year a shop knows of none."""

    def __init__(self, interests: Interests, clock: Clock, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._interests = interests
        self._clock = clock
        self._seconds = seconds
        self._known: Mapping[str, float] = {}
        self._looked = float("-inf")

    async def known(self) -> Mapping[str, float]:
        """By kind; every other one is as usual. Raises `DatabaseUnavailable`."""
        if self._seconds() - self._looked > LOOK_AGAIN:
            weeks = await self._interests.seasons(self._clock.now())
            self._known = {kind: season(*asked) for kind, asked in weeks.items()}
            self._looked = self._seconds()
        return self._known
