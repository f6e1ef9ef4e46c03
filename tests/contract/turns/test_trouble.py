"""Whatever goes wrong in whatever order: no window of the store ever holds too many calls."""

import asyncio
import random
from datetime import timedelta

import pytest

from domain.prices.store import Lane, RateLimit
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House, Process

EVERYBODY = [Lane.READER, Lane.REFRESH]
LENGTH = 45.0  # seconds of the story


@pytest.mark.parametrize("seed", range(3))
def test_no_trouble_makes_us_ask_too_often(play: Play, seed: int) -> None:
    calls = (1, 5, 2)[seed]
    chance = random.Random(seed)

    async def story(house: House) -> None:
        house.server.chance = chance
        house.crowd(EVERYBODY)
        troubles = [asyncio.create_task(befall(house, chance)) for _ in range(2)]
        await asyncio.sleep(LENGTH)
        for trouble in troubles:
            trouble.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        assert house.most <= calls
        assert house.turns

    play(story, RateLimit(calls, 1))


async def befall(house: House, chance: random.Random) -> None:
    """One thing after the other."""
    server = house.server
    while True:
        await asyncio.sleep(chance.uniform(0.5, 8.0))
        span = chance.choice([0.02, 0.1, 0.4, 2.0, 6.0, 20.0]) * chance.uniform(0.7, 1.3)
        match chance.choice(["kill", "kill", "freeze", "slow", "cut", "cut", "die", "refuse", "empty"]):
            case "kill":
                server.kill()
                await asyncio.sleep(span)
                server.rise(empty=chance.random() < 0.5)
            case "freeze":
                server.well.clear()
                await asyncio.sleep(span)
                server.well.set()
            case "slow":
                server.delay = (0.0, 0.06)
                await asyncio.sleep(span)
                server.delay = (0.0002, 0.004)
            case "cut":
                line = chance.choice(house.processes).line
                line.cut = True
                await asyncio.sleep(span)
                line.cut = False
            case "die":
                place = chance.randrange(len(house.processes))
                await house.processes[place].die()
                await asyncio.sleep(span)
                house.processes[place] = await Process(server, len(house.processes)).start()
            case "refuse":
                turns = chance.choice(house.processes).turns
                await turns.hold_back(house.terms.name, retry_after=timedelta(seconds=span))
            case "empty":
                server.client.flushdb()
