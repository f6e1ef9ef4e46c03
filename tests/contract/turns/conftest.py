"""Stories on a clock of their own."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from domain.prices.store import RateLimit
from tests.contract.turns.house import House
from tests.contract.turns.virtual import Server, virtually
from tests.fakes.turns import terms

Story = Callable[[House], Coroutine[object, object, None]]
Play = Callable[..., None]


@pytest.fixture
def play(redis_url: str) -> Play:
    """Plays a story of some processes at one store."""

    def played(story: Story, *limits: RateLimit, processes: int = 3, settled: bool = True) -> None:
        async def told() -> None:
            house = House(Server(redis_url), terms("harbour-books", *limits))
            await house.open(processes, settled=settled)
            try:
                async with asyncio.timeout(3_600):
                    await story(house)
            finally:
                await house.close()

        virtually(told())

    return played
