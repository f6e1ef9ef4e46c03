"""A store that says it is too much is asked more slowly, and by and by faster again, up to what is safe."""

import asyncio
from datetime import timedelta

import pytest

from adapters.redis.turns.policies import SLOWEST
from domain.prices.store import Lane, RateLimit
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House
from tests.contract.turns.virtual import seconds

TEN = RateLimit(10, 1)
A_SECOND, AT_ONCE = timedelta(seconds=1), timedelta(0)


async def refuse(house: House, *, retry_after: timedelta | None = AT_ONCE) -> None:
    await house.processes[0].turns.hold_back(house.terms.name, retry_after=retry_after)


async def use(house: House, span: float) -> float:
    began = seconds()
    await asyncio.sleep(span)
    return house.use(began, seconds())


def test_each_refusal_slows_it_down_and_refusals_of_one_moment_count_once(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd([Lane.READER] * 2)
        for _ in range(5):
            await refuse(house)
        await asyncio.sleep(1.5)
        assert await use(house, 6.0) == pytest.approx(0.7, abs=0.04)
        await refuse(house, retry_after=A_SECOND)
        await refuse(house, retry_after=A_SECOND)
        await asyncio.sleep(1.5)
        assert await use(house, 6.0) == pytest.approx(0.49, abs=0.04)

    play(story, TEN)


def test_it_never_comes_to_a_standstill(play: Play) -> None:
    async def story(house: House) -> None:
        for _ in range(12):
            await refuse(house)
            await asyncio.sleep(1.1)
        house.crowd([Lane.READER])
        assert await use(house, 24.0) == pytest.approx(SLOWEST, abs=0.04)

    play(story, TEN)


def test_two_parts_of_a_hundred_come_back_every_ten_seconds_while_they_are_wanted(play: Play) -> None:
    async def story(house: House) -> None:
        await refuse(house)
        await asyncio.sleep(100)  # nobody asks: nothing is known of what it would bear
        house.crowd([Lane.READER])
        assert await use(house, 5.0) == pytest.approx(0.72, abs=0.04)
        await asyncio.sleep(16)
        assert await use(house, 5.0) == pytest.approx(0.76, abs=0.03)
        house.remember(pace=0.99)
        await asyncio.sleep(15)
        assert await use(house, 5.0) == pytest.approx(1.0, abs=0.03)
        assert house.most <= 10

    play(story, TEN, processes=1)


def test_a_refusal_while_valkey_is_away_is_remembered_and_told_later(play: Play) -> None:
    async def story(house: House) -> None:
        house.server.kill()
        await refuse(house, retry_after=timedelta(seconds=20))
        assert not await house.take(0, Lane.CHARGE, within=timedelta(seconds=10))
        house.server.rise()
        await asyncio.sleep(3.0)
        began = seconds()
        assert await house.take(1, Lane.CHARGE, within=timedelta(seconds=60))  # another process knows it, too
        assert 10 < seconds() - began < 20

    play(story, TEN)
