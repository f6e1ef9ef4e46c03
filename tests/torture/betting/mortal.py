"""Steps as they are taken by workers that may be killed at any moment: broken off somewhere, taken again."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from random import Random
from typing import TypeVar

from application.shared.unavailable import DatabaseUnavailable

T = TypeVar("T")
SHORT = 0.006  # seconds: about as long as a step takes, so that every part of it is hit


class Mortal:
    """Each try may last a little longer than the one before, or nothing would ever be done."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self.kills = 0

    async def __call__(self, step: Callable[[], Awaitable[T]]) -> T:
        """Until it is done."""
        for patience in count(1):
            try:
                async with asyncio.timeout(self._chance.uniform(0, SHORT * patience)):
                    return await step()
            except (TimeoutError, DatabaseUnavailable):
                self.kills += 1
        raise AssertionError
