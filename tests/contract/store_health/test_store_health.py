"""What must hold wherever the health of stores is known: in this process, and in Valkey for all of them."""

import pytest

from application.prices.store_health import (
    ISOLATED_FOR,
    LONGEST_PAUSE,
    PAUSE,
    SLOW_AFTER,
    WINDOW,
    Patience,
    Report,
    StoreState,
)
from tests.contract.store_health.worlds import BAD, REFUSED, TEN_CALLS, WELL, World

CLOSED, OPEN, HALF_OPEN, ISOLATED = (
    StoreState.CLOSED,
    StoreState.OPEN,
    StoreState.HALF_OPEN,
    StoreState.ISOLATED,
)
SLOW = Report(seconds=SLOW_AFTER + 0.1)


async def test_a_store_that_answers_is_asked(world: World) -> None:
    assert await world.ask_often(30) == []
    admission = await world.admit()
    assert (admission.admitted, admission.state, admission.turned) == (True, CLOSED, None)


async def test_half_of_the_calls_failing_opens_it_once(world: World) -> None:
    assert await world.ask_often(5, WELL) == []
    assert await world.ask_often(5, BAD) == [OPEN]
    admission = await world.admit()
    assert (admission.admitted, admission.state) == (False, OPEN)
    assert admission.wait == pytest.approx(PAUSE)


async def test_too_few_calls_tell_nothing(world: World) -> None:
    assert await world.ask_often(9, BAD) == []


async def test_what_was_a_minute_ago_is_no_news(world: World) -> None:
    await world.ask_often(9, BAD)
    world.now += WINDOW + 5
    assert await world.ask_often(9, BAD) == []
    assert await world.ask_often(1, BAD) == [OPEN]


async def test_slow_answers_open_it_when_nearly_all_are_slow(world: World) -> None:
    assert await world.ask_often(3, WELL) == []
    assert await world.ask_often(11, SLOW) == []
    assert await world.ask_often(1, SLOW) == [OPEN]


async def test_what_is_usual_there_is_not_slow(world: World) -> None:
    await world.ask_often(9, Report(seconds=2.5))
    usual = (await world.admit()).usual
    assert usual is not None
    assert 2.4 < usual < 2.7
    assert await world.ask_often(30, Report(seconds=2 * usual * 0.95)) == []


async def test_what_is_usual_follows_what_95_of_100_take(world: World) -> None:
    for number in range(400):
        await world.ask(Report(seconds=1.0 if number % 10 == 0 else 0.1))
        world.now += 1
    usual = (await world.admit()).usual
    assert usual is not None
    assert 0.8 < usual < 1.3


async def test_who_answers_rubbish_is_cut_off_though_it_answers(world: World) -> None:
    assert await world.ask_often(7, Report(seconds=0.1, quotes=1)) == []
    assert await world.ask_often(3, Report(seconds=0.1, quotes=1, odd=1)) == []
    assert await world.ask(Report(seconds=0.1, quotes=1, odd=1)) is OPEN


async def test_each_further_pause_is_twice_as_long_up_to_five_minutes(world: World) -> None:
    await world.break_it()
    pauses = []
    for _ in range(8):
        pauses.append(await world.pause())
        world.now += pauses[-1]
        assert await world.ask(BAD) is OPEN
    assert pauses == pytest.approx([5, 10, 20, 40, 80, 160, 300, LONGEST_PAUSE])


async def test_a_pause_is_stretched_as_asked(world: World) -> None:
    for _ in range(10):
        await world.ask(BAD, Patience(10, 1.2))
    assert await world.pause() == pytest.approx(PAUSE * 1.2)


async def test_one_at_a_time_finds_out_and_three_in_a_row_close_it(world: World) -> None:
    await world.break_it()
    world.now += PAUSE
    probe = await world.admit()
    assert (probe.admitted, probe.turned) == (True, HALF_OPEN)
    other = await world.admit()
    assert (other.admitted, other.state, other.turned) == (False, HALF_OPEN, None)
    assert await world.health.report(world.store, probe.ticket, WELL, TEN_CALLS) is None
    assert await world.ask() is None
    assert await world.ask() is CLOSED
    assert await world.ask_often(9, BAD) == []  # nothing of before counts


@pytest.mark.parametrize("bad", [BAD, SLOW, Report(seconds=0.1, quotes=2, odd=1)])
async def test_one_bad_answer_opens_it_again(world: World, bad: Report) -> None:
    await world.break_it()
    world.now += PAUSE
    await world.ask()
    assert await world.ask(bad) is OPEN


async def test_soon_after_it_closed_the_pause_goes_on_growing_and_later_it_begins_anew(world: World) -> None:
    for gap, pause in ((1.0, 10.0), (WINDOW + 1.0, 5.0)):
        await world.break_it()
        world.now += await world.pause()
        assert await world.ask_often(3) == [CLOSED]
        world.now += gap
        await world.break_it()
        assert await world.pause() == pytest.approx(pause)
        world.now += pause
        assert await world.ask_often(3) == [CLOSED]
        world.now += WINDOW + 1.0


async def test_a_probe_that_never_comes_back_keeps_the_door_shut_for_its_time_only(world: World) -> None:
    await world.break_it()
    world.now += PAUSE
    lost = await world.admit()
    assert await world.pause() == pytest.approx(11.0)
    world.now += 11.0
    assert (await world.admit()).admitted
    assert await world.health.report(world.store, lost.ticket, BAD, TEN_CALLS) is None  # another's turn


async def test_a_probe_that_is_given_back_is_the_next_one_s(world: World) -> None:
    await world.break_it()
    world.now += PAUSE
    probe = await world.admit()
    await world.health.give_back(world.store, probe.ticket)
    assert (await world.admit()).admitted
    await world.health.give_back(world.store, probe.ticket)  # it has nothing to give back any more
    assert not (await world.admit()).admitted


async def test_who_was_admitted_before_it_opened_says_nothing_any_more(world: World) -> None:
    early = await world.admit()
    await world.break_it()
    assert await world.health.report(world.store, early.ticket, WELL, TEN_CALLS) is None
    world.now += PAUSE
    await world.admit()
    assert await world.health.report(world.store, early.ticket, BAD, TEN_CALLS) is None
    assert (await world.admit()).state is HALF_OPEN


async def test_who_refuses_us_is_isolated_at_once_and_told_once(world: World) -> None:
    first, second = await world.admit(), await world.admit()
    assert await world.health.report(world.store, first.ticket, REFUSED, TEN_CALLS) is ISOLATED
    assert await world.health.report(world.store, second.ticket, REFUSED, TEN_CALLS) is None
    assert await world.pause() == pytest.approx(ISOLATED_FOR)
    world.now += ISOLATED_FOR
    assert await world.ask(REFUSED) is ISOLATED


async def test_an_operator_who_has_looked_readmits_it(world: World) -> None:
    await world.ask(REFUSED)
    assert await world.health.readmit(world.store) is CLOSED
    assert await world.health.readmit(world.store) is None
    assert (await world.admit()).admitted
