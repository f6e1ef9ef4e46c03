"""What is known of prices without asking, and what to do about each store."""

from datetime import timedelta

import pytest

from application.prices.recall_prices import Recalled, RecallPrices, Standing
from application.prices.remember_prices import RememberPrices
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Layer
from domain.prices.store import Missing
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.price_builders import GALLEY, HARBOUR, an_isbn, failed, told


class World:
    """A shop whose clock is moved."""

    def __init__(self) -> None:
        self.isbn: Isbn = an_isbn()
        self.clock, self.measurements = StandingClock(NOON), InMemoryMeasurements()
        self.memory, self.work = InMemoryPriceMemory(), InMemoryWork()
        self.remember = RememberPrices(
            InMemoryUnitOfWork(self.work), self.memory, self.clock, self.measurements
        )
        self.chance = 1.0

    async def recalled(self, **after: float) -> Recalled:
        self.clock.at = NOON + timedelta(**after)
        recall = RecallPrices(self.memory, self.clock, lambda: self.chance)
        return (await recall(self.isbn)).of(HARBOUR)


@pytest.fixture
def world() -> World:
    return World()


async def test_an_answer_is_fresh_then_old_then_of_no_use(world: World) -> None:
    await world.remember([told(world.isbn, 1_000)])
    # Of a price of which nothing is known but that prices change within days, for a book nobody asks for.
    standings = [(await world.recalled(hours=hours)).standing for hours in (0, 3, 5, 24)]
    assert standings == [Standing.FRESH, Standing.FRESH, Standing.STALE, Standing.UNKNOWN]
    old = await world.recalled(hours=5)
    assert old.trust is not None
    assert old.trust.age == 5 * 3_600
    assert 0.9 < old.trust.still_right < 0.95


async def test_a_book_that_many_ask_for_is_asked_about_oftener(world: World) -> None:
    await world.remember([told(world.isbn, 1_000)])
    for _ in range(500):
        await world.memory.recall(world.isbn)
    recall = RecallPrices(world.memory, world.clock, lambda: 1.0)
    assert (await recall(world.isbn)).tier is Tier.L0
    assert (await world.recalled(minutes=4)).standing is Standing.FRESH
    assert (await world.recalled(minutes=6)).standing is Standing.STALE


async def test_one_of_many_renews_early(world: World) -> None:
    await world.remember([told(world.isbn, 1_000, took=2_000)])
    recalled = await world.recalled()
    assert recalled.trust is not None
    just_before = recalled.trust.life - 1
    assert (await world.recalled(seconds=just_before)).standing is Standing.FRESH
    world.chance = 0.1
    assert (await world.recalled(seconds=just_before)).standing is Standing.DUE


async def test_a_store_that_failed_is_left_alone_for_seconds(world: World) -> None:
    await world.remember([told(world.isbn, 1_000), failed(world.isbn, Missing.BROKEN, at=NOON)])
    world.clock.move(timedelta(hours=5))
    await world.remember([failed(world.isbn, at=world.clock.now())])
    at_once = await world.recalled(hours=5)
    assert (at_once.standing, at_once.left_alone) == (Standing.STALE, True)
    assert not (await world.recalled(hours=5, seconds=6)).left_alone


async def test_a_store_that_was_never_asked_is_unknown(world: World) -> None:
    found = await RecallPrices(world.memory, world.clock, lambda: 1.0)(world.isbn)
    assert (found.of(GALLEY).standing, found.of(GALLEY).left_alone) == (Standing.UNKNOWN, False)
    assert found.layer is Layer.PROCESS
    await world.remember([failed(world.isbn)])
    assert (await world.recalled()).standing is Standing.UNKNOWN
    assert (await world.recalled()).left_alone


async def test_while_the_database_is_lost_answers_are_remembered_and_counted(world: World) -> None:
    world.work.prices.lost = True
    await world.remember([told(world.isbn, 1_000), told(world.isbn, 900, store=GALLEY)])
    assert (await world.recalled()).standing is Standing.FRESH
    assert world.measurements.counts["prices unwritten"] == 2
