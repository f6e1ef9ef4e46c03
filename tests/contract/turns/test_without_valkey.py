"""Valkey killed, empty, frozen or out of reach: calls go on by leases for a while, and never too many."""

import asyncio
from datetime import timedelta

import pytest

from adapters.redis.turns.policies import BEGINS_AFTER, LASTS
from domain.prices.pace import spacing
from domain.prices.store import Lane, RateLimit
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House, Process
from tests.contract.turns.virtual import seconds

FIVE, ONE = RateLimit(5, 1), RateLimit(1, 1)
EVERYBODY = [Lane.READER, Lane.READER, Lane.REFRESH]
BEGINS, ENDS = BEGINS_AFTER.total_seconds(), (BEGINS_AFTER + LASTS).total_seconds()
SOON = timedelta(seconds=1)


@pytest.mark.parametrize(("limit", "empty"), [(ONE, True), (FIVE, False)])
def test_leases_take_over_at_half_the_rate_then_all_is_silent_then_it_is_as_before(
    play: Play, limit: RateLimit, *, empty: bool
) -> None:
    async def story(house: House) -> None:
        house.crowd(EVERYBODY)
        await asyncio.sleep(5)
        dark = seconds()
        house.server.kill()
        await asyncio.sleep(ENDS + 3)
        light = seconds()
        house.server.rise(empty=empty)
        await asyncio.sleep(15)
        assert house.most <= limit.calls
        assert house.use(dark - 4, dark) > 0.9
        assert house.use(dark + 0.1, dark + BEGINS - 0.6) == 0
        assert house.use(dark + BEGINS + 1, dark + ENDS - 1) == pytest.approx(0.5, abs=0.08)
        assert house.use(dark + ENDS + 0.1, light) == 0
        assert house.use(light + 5, light + 15) > 0.4

    play(story, limit)


def test_who_comes_back_to_an_empty_valkey_has_its_seat_again_and_nothing_is_wasted(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd(EVERYBODY)
        await asyncio.sleep(2)
        house.server.kill()
        await asyncio.sleep(0.2)
        house.server.rise(empty=True)
        light = seconds()
        await asyncio.sleep(6)
        assert house.most <= 5
        assert house.use(light + 2, light + 6) > 0.95

    play(story, FIVE)


@pytest.mark.parametrize("dead", [True, False])
def test_the_share_of_one_who_cannot_be_heard_is_left_to_it(play: Play, *, dead: bool) -> None:
    async def story(house: House) -> None:
        house.crowd(EVERYBODY)
        await asyncio.sleep(2)
        lost = house.processes[2]
        if dead:
            await lost.die()
        else:
            lost.line.cut = True
        cut = seconds()
        await asyncio.sleep(20)
        alone = [turn for turn in house.turns if turn.process == 2 and turn.at > cut + BEGINS]
        others = (
            house.use(cut + BEGINS + 1, cut + 20) - len(alone) * spacing(house.terms).total_seconds() / 16
        )
        lost.line.cut = dead
        await asyncio.sleep(15)
        assert house.most <= 5
        assert (len(alone) > 5) is not dead
        assert others == pytest.approx(5 / 6, abs=0.1)  # of a half, it has a third
        if not dead:
            assert house.use(seconds() - 8, seconds()) > 0.95

    play(story, FIVE)


def test_a_frozen_valkey_is_a_lost_one_and_what_it_says_late_is_not_believed(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd(EVERYBODY)
        for frozen in (0.3, 2.0, 8.0):
            await asyncio.sleep(3)
            house.server.well.clear()
            await asyncio.sleep(frozen)
            house.server.well.set()
        await asyncio.sleep(4)
        assert house.most <= 5
        assert house.use(seconds() - 3, seconds()) > 0.9

    play(story, FIVE)


def test_a_slow_valkey_costs_turns_and_never_gives_too_many(play: Play) -> None:
    async def story(house: House) -> None:
        house.server.delay = (0.0, 0.06)
        house.crowd(EVERYBODY)
        await asyncio.sleep(20)
        assert house.most <= 5
        assert 0.1 < house.use(seconds() - 15, seconds()) < 0.9

    play(story, FIVE)


def test_without_a_lease_nobody_waits_long_for_nothing(play: Play) -> None:
    async def story(house: House) -> None:
        await asyncio.sleep(1)
        for process in house.processes:
            await process.turns._seat.get_up()
        house.server.kill()
        began = seconds()
        assert not await house.take(0, Lane.CHARGE, within=timedelta(seconds=20))
        assert seconds() - began < 1.0

    play(story, FIVE)


def test_who_knows_that_its_moment_comes_too_late_says_so_at_once(play: Play) -> None:
    async def story(house: House) -> None:
        house.server.kill()
        await asyncio.sleep(BEGINS + 1)
        assert await house.take(0, within=timedelta(seconds=10))
        began = seconds()
        assert not await house.take(0, within=SOON)
        assert seconds() - began < 0.1

    play(story, ONE)


def test_by_lease_whoever_is_about_to_pay_goes_first(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd([Lane.REFRESH, Lane.READER] * 2, among=[0])
        house.server.kill()
        await asyncio.sleep(BEGINS + 2)
        house.forget()
        assert await house.take(0, Lane.CHARGE, within=timedelta(seconds=10))
        assert [turn.lane for turn in house.turns][-1] is Lane.CHARGE
        assert len(house.turns) <= 2

    play(story, FIVE)


@pytest.mark.parametrize("rules", [[RateLimit(1, 2)], [FIVE, RateLimit(1_000, 86_400)]])
def test_slow_stores_and_those_with_an_allowance_are_left_in_peace_until_valkey_is_back(
    play: Play, rules: list[RateLimit]
) -> None:
    async def story(house: House) -> None:
        house.remember(rule86400=0)
        assert await house.take(0, within=timedelta(seconds=10))
        house.server.kill()
        await asyncio.sleep(BEGINS + 1)
        assert not await house.take(0, Lane.CHARGE, within=timedelta(seconds=20))
        house.server.rise(empty=False)
        await asyncio.sleep(1)
        assert await house.take(0, within=timedelta(seconds=20))

    play(story, *rules)


def test_at_the_very_beginning_the_worst_is_feared_and_half_the_rate_is_free(play: Play) -> None:
    async def story(house: House) -> None:
        house.crowd(EVERYBODY)
        began = seconds()
        await asyncio.sleep(ENDS + 10)
        assert house.most <= 5
        assert house.use(began + 3, began + ENDS - 2) == pytest.approx(0.5, abs=0.05)
        assert house.use(began + ENDS + 1, seconds()) > 0.95

    play(story, FIVE, settled=False)


def test_more_processes_than_seats_are_silent_without_valkey(play: Play) -> None:
    async def story(house: House) -> None:
        house.processes += [await Process(house.server, 3).start(), await Process(house.server, 4).start()]
        await asyncio.sleep(1)
        house.server.kill()
        await asyncio.sleep(BEGINS + 1)
        got = [await house.take(process, within=SOON * 5) for process in range(5)]
        assert got == [True, True, True, False, False]

    play(story, FIVE)


def test_who_leaves_in_order_leaves_nothing_behind(play: Play) -> None:
    async def story(house: House) -> None:
        await house.processes.pop().stop()
        newcomer = await Process(house.server, 3).start()
        house.processes.append(newcomer)
        await asyncio.sleep(1)
        assert newcomer.turns._seat.lease() is not None

    play(story, FIVE)
