"""A store's prices are kept fresh: at an even pace, by worth, without ever being in anybody's way."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

import pytest

from application.prices.refreshing.batch import Ending
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.memory import Known
from domain.prices.refreshing import GIVEN_UP_AFTER
from domain.prices.store import RateLimit, StoreRefused
from tests.contract.turns.virtual import virtually
from tests.price_builders import told
from tests.price_world import LoopClock, Market
from tests.refreshing_world import NAME
from tests.refreshing_world import RefreshingWorld as World


def story(tale: Callable[[World], Coroutine[object, object, None]], at_most: int = 6) -> Callable[[], None]:
    def test() -> None:
        async def played() -> None:
            await tale(World(at_most))

        virtually(played())

    test.__name__ = tale.__name__
    return test


@story
async def test_a_store_is_asked_at_an_even_pace_about_what_readers_ask_for_most(world: World) -> None:
    popular, *rare = await world.wants(500, *[1] * 100)
    batch = await world.batch(60)
    moments = [at for at, _ in world.store.asked_about]
    assert moments[1] - moments[0] == pytest.approx(10, abs=0.1)
    assert world.store.asked_about[0][1] == popular
    asked = [isbn for _, isbn in world.store.asked_about]
    assert asked.count(popular) > 2 * max(map(asked.count, rare))
    assert min(map(asked.count, rare)) == 1
    assert (batch.asked, batch.answered, batch.failed) == (len(asked), len(asked), 0)
    assert batch.ending is Ending.TIME
    assert (batch.waiting, batch.answers, batch.slowest) == (101, 0.99, 2.0)
    assert batch.fresh == pytest.approx(0.99, abs=0.02)


@story
async def test_no_store_is_bothered_about_what_cannot_have_changed(world: World) -> None:
    await world.wants(1)
    batch = await world.batch(60)
    assert (batch.asked, batch.fresh) == (1, pytest.approx(0.99, abs=0.02))


@story
async def test_a_quiet_store_costs_nothing_but_signs_of_life(world: World) -> None:
    batch = await world.batch()
    assert (batch.asked, batch.waiting, world.store.asked) == (0, 0, 0)
    assert len(world.heard) >= 5 * 60 / 10


@story
async def test_no_more_is_asked_than_the_lane_of_the_store_allows(world: World) -> None:
    slow = Market().sells("harbour-books", 1_000, limits=(RateLimit(1, 60),)).terms
    world.store.terms = slow
    await world.wants(*range(1, 9))
    batch = await world.batch(10)
    assert batch.lane == pytest.approx(0.3, abs=0.01)
    assert batch.a_minute == batch.lane
    assert world.store.asked == 3


@story
async def test_what_a_call_is_worth_follows_what_readers_ask(world: World) -> None:
    await world.wants(500, 500, 500)
    busy = (await world.batch()).price
    assert world.kept.worth[NAME] == busy
    assert busy != 1.0


@story
async def test_a_book_that_a_store_fails_on_again_and_again_is_set_aside(world: World) -> None:
    _, bad = await world.wants(50, 50)
    world.store.hates = {bad}
    given_up = 0
    for _ in range(8):
        given_up += (await world.batch(60)).given_up
    assert given_up == 1
    (letter,) = await world.kept.all(None, 10)
    assert (letter.isbn, letter.failures) == (bad, GIVEN_UP_AFTER)
    asked = [isbn for _, isbn in world.store.asked_about]
    assert asked.count(bad) in {GIVEN_UP_AFTER, GIVEN_UP_AFTER + 1}


@partial(story, at_most=60)
async def test_no_book_is_set_aside_because_its_store_is_down(world: World) -> None:
    books = await world.wants(*[100] * 30)
    world.store.hates = set(books)
    for _ in range(3):
        batch = await world.batch(30)
        assert (batch.breaker, batch.answered) == ("open", 0)
        assert batch.resting > batch.failed
    assert await world.kept.all(None, 10) == []
    world.store.hates = set()
    batch = await world.batch(30)
    assert (batch.breaker, batch.failed) == ("closed", 0)
    assert batch.answered >= 10


@story
async def test_a_store_that_refuses_us_is_left_alone_until_a_person_has_looked(world: World) -> None:
    await world.wants(10)
    world.store.fails = StoreRefused("Who are you?")
    assert (await world.batch()).ending is Ending.REFUSED
    assert (await world.batch()).ending is Ending.REFUSED
    assert world.store.asked == 1
    world.store.fails = None
    batch = await world.batch(readmit=True)
    assert (batch.ending, batch.breaker) == (Ending.TIME, "closed")
    assert batch.answered >= 1


@story
async def test_a_strained_shop_asks_more_slowly_and_a_stuck_one_not_at_all(world: World) -> None:
    await world.wants(*[5] * 200)
    at_full_pace = (await world.batch()).asked
    world.pressure.behind = 32.5
    eased = await world.batch()
    assert eased.pace == pytest.approx(0.5, abs=0.1)
    assert eased.asked == pytest.approx(at_full_pace / 2, abs=2)
    for behind, takes, gone in ((60.0, 0.0, False), (0.0, 1.0, False), (0.0, 0.0, True)):
        world.pressure.behind, world.pressure.takes, world.pressure.gone = behind, takes, gone
        stuck = await world.batch(1)
        assert stuck.asked == 0
        assert stuck.pace == 0.0


@story
async def test_told_to_stop_it_hears_what_is_on_its_way_and_puts_the_rest_back(world: World) -> None:
    books = await world.wants(*[5] * 6)
    world.store.takes = 4.0
    going = asyncio.create_task(world.batch())
    await asyncio.sleep(12)
    world.stop.set()
    batch = await going
    assert batch.ending is Ending.TOLD
    assert (batch.asked, batch.answered) == (2, 2)
    assert len(world.work.prices.kept) == 2
    assert {wait.isbn for wait in world.kept.waiting[NAME].values()} == set(books)


@story
async def test_what_a_reader_heard_meanwhile_is_not_asked_for_again(world: World) -> None:
    books = await world.wants(*[5] * 6)
    going = asyncio.create_task(world.batch(0.9))
    await asyncio.sleep(15)
    heard = next(isbn for isbn in books if isbn not in [asked for _, asked in world.store.asked_about])
    await world.memory.keep([Known(told(heard, at=LoopClock().now()))])
    batch = await going
    assert {asked for _, asked in world.store.asked_about} == set(books) - {heard}
    assert batch.answered == len(books)


@story
async def test_a_shop_that_keeps_no_prices_fresh_and_a_store_without_description_end_it(world: World) -> None:
    assert (await World(at_most=0).batch()).ending is Ending.OFF
    world.market.stores.clear()
    assert (await world.batch()).ending is Ending.GONE


@story
async def test_a_database_that_is_away_is_waited_for_by_whoever_asked(world: World) -> None:
    world.kept.lost = True
    with pytest.raises(DatabaseUnavailable):
        await world.batch()
