"""Who goes first, and what becomes of what others leave unused."""

import asyncio
from datetime import timedelta

import pytest

from domain.prices.pace import spacing
from domain.prices.store import Lane, RateLimit
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House
from tests.contract.turns.virtual import seconds

CHARGE, READER, REFRESH = Lane.CHARGE, Lane.READER, Lane.REFRESH
TEN, ONE = RateLimit(10, 1), RateLimit(1, 1)
LONG = timedelta(hours=1)


@pytest.mark.parametrize(
    ("lanes", "shares"),
    [
        ([READER, READER, REFRESH, REFRESH], {READER: 0.7, REFRESH: 0.3}),  # nobody pays: readers have it
        ([REFRESH, REFRESH], {REFRESH: 1.0}),  # nobody waits for an answer: it is all free
        ([READER, READER], {READER: 1.0}),
    ],
)
def test_what_a_lane_leaves_unused_flows_on_and_nothing_is_lost(
    play: Play, lanes: list[Lane], shares: dict[Lane, float]
) -> None:
    async def story(house: House) -> None:
        house.crowd(lanes)
        began = seconds()
        await asyncio.sleep(12)
        assert house.most <= 10
        assert house.use(began, seconds()) > 0.98
        for lane, share in house.shares().items():
            assert share == pytest.approx(shares.get(lane, 0.0), abs=0.06)

    play(story, TEN)


def test_whoever_is_about_to_pay_goes_next_however_many_wait(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd([READER] * 6 + [REFRESH] * 4)
        await asyncio.sleep(3)
        for process in (0, 1, 2, 0):
            began = seconds()
            assert await house.take(process, CHARGE)
            assert seconds() - began < 1.5 * spacing(house.terms).total_seconds()
            await asyncio.sleep(2.0)

    play(story, TEN)


def test_who_comes_first_goes_first_in_whatever_process(play: Play) -> None:
    async def story(house: House) -> None:
        served: list[int] = []

        async def come(number: int) -> None:
            await asyncio.sleep(number * 0.05)
            assert await house.take(number % 3, READER, within=LONG)
            served.append(number)

        await asyncio.gather(*(come(number) for number in range(12)))
        assert served == sorted(served)

    play(story, RateLimit(5, 1))


def test_nobody_waits_for_one_who_has_gone(play: Play) -> None:
    async def story(house: House) -> None:
        assert await house.take(0)
        leaving = asyncio.create_task(house.take(1))
        await asyncio.sleep(0.1)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await asyncio.sleep(0.1)
        began = seconds()
        assert await house.take(2)
        assert seconds() - began < spacing(house.terms).total_seconds()

    play(story, ONE)


def test_a_crowd_elsewhere_is_known_before_one_waits_in_vain(play: Play) -> None:
    async def story(house: House) -> None:
        crowd = [asyncio.create_task(house.take(0, READER, within=LONG)) for _ in range(10)]
        await asyncio.sleep(2.0)
        began = seconds()
        assert not await house.take(1, READER, within=timedelta(seconds=5))
        assert not await house.take(0, READER, within=timedelta(seconds=5))
        assert seconds() - began < 0.05
        await asyncio.gather(*crowd)

    play(story, ONE)


def test_of_what_a_day_has_saved_up_each_lane_leaves_the_shares_above_it(play: Play) -> None:
    day = RateLimit(400, 86_400)  # a hundred at once

    async def story(house: House) -> None:
        house.remember(rule86400=0)  # nobody has asked for a day
        taken = {}
        for lane in (REFRESH, READER, CHARGE):
            house.forget()
            while await house.take(0, lane, within=timedelta(seconds=1)):
                pass
            taken[lane] = len(house.turns)
        assert taken == {REFRESH: 30, READER: 60, CHARGE: 10}

    play(story, TEN, day, processes=1)


def test_of_a_day_of_which_nothing_is_known_readers_have_a_tenth_of_what_is_saved_up_and_payers_another(
    play: Play,
) -> None:
    async def story(house: House) -> None:
        taken = {}
        for lane in (REFRESH, READER, CHARGE):
            house.forget()
            while await house.take(0, lane, within=timedelta(seconds=1)):
                pass
            taken[lane] = len(house.turns)
        assert taken == {REFRESH: 0, READER: 10, CHARGE: 10}

    play(story, TEN, RateLimit(400, 86_400), processes=1)


@pytest.mark.parametrize(
    "rules", [[TEN], [RateLimit(5, 60)], [ONE, RateLimit(20_000, 86_400)], [RateLimit(4, 86_400)]]
)
def test_a_store_that_nobody_has_asked_lately_is_asked_at_once(play: Play, rules: list[RateLimit]) -> None:
    async def story(house: House) -> None:
        await asyncio.sleep(120)
        assert await house.take(0, READER, within=timedelta(0))

    play(story, *rules, settled=False)
