"""What the shop has learnt of its stores, in all processes together."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Final, Protocol

from application.shared.batches import Batches
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.estimates.experience import SUPPOSED, Experience, Trade
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import StoreName

Specialty = tuple[StoreName, Trade]
Lessons = Mapping[Specialty, Experience]

# Seconds between two looks at what other processes have learnt: a store does not change its ways in minutes.
LOOK_AGAIN: Final = 60.0
AT_ONCE: Final = 50  # comparisons a transaction
NOTHING: Final = Experience()


class StoreExperiences(Protocol):
    """Written down for good."""

    async def all(self) -> Lessons:
        """Raises `DatabaseUnavailable`."""
        ...

    async def add(self, lessons: Lessons) -> None:
        """On top of what is there. Raises `DatabaseUnavailable`."""
        ...


class StoreExperience:
    """Every comparison learns from its answers, and the next begins with that. While the database is lost the
    shop goes by what this process knows.
    """

    def __init__(self, written: StoreExperiences, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._written = written
        self._seconds = seconds
        self._known: dict[Specialty, Experience] = {}
        self._looked = float("-inf")
        self._looking: asyncio.Task[None] | None = None
        self._write_together = Batches(self._write, AT_ONCE)

    async def known(self) -> Lessons:
        """Of all stores; only the first to ask waits for the database."""
        if self._looking is None and self._seconds() - self._looked > LOOK_AGAIN:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None and self._looked == float("-inf"):
            await asyncio.wait([self._looking])
        return self._known

    async def learn(self, lessons: Lessons) -> None:
        """From one comparison. Never fails: what cannot be written down is known here for a while."""
        for specialty, experience in lessons.items():
            self._known[specialty] = self._known.get(specialty, NOTHING).merged(experience)
        try:
            await self._write_together([lessons])
        except DatabaseUnavailable:
            return

    async def _look(self) -> None:
        try:
            self._known = dict(await self._written.all())
        except DatabaseUnavailable:
            return
        finally:
            self._looked = self._seconds()
            self._looking = None

    async def _write(self, lessons: Sequence[Lessons]) -> None:
        await self._written.add(reduce(added, lessons))


def added(one: Lessons, other: Lessons) -> Lessons:
    """Both together."""
    return {key: one.get(key, NOTHING).merged(other.get(key, NOTHING)) for key in one.keys() | other.keys()}


def of_all(lessons: Lessons, trade: Trade, at: float) -> StoreModel:
    """All stores of a trade together: what is believed of one of which nothing is known."""
    models = (experience.model for (_, each), experience in lessons.items() if each is trade)
    return reduce(StoreModel.merged, models, replace(SUPPOSED, at=at)).aged(at)
