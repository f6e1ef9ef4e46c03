"""However many want to hear the same of a store, one asks."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from application.prices.ask_once import Ask, AskOnce
from application.prices.remember_prices import RememberPrices
from domain.prices.answer import Outcome
from domain.prices.memory import Known
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.price_builders import HARBOUR, an_isbn, failed, told

PATIENCE = timedelta(seconds=5)
BRIEFLY = timedelta(seconds=0.05)


class World:
    """A store that answers when it is let, and processes that ask it."""

    def __init__(self) -> None:
        self.isbn = an_isbn()
        self.memory, self.measurements = InMemoryPriceMemory(), InMemoryMeasurements()
        self.work = InMemoryWork()
        self.asked = 0
        self.answer = asyncio.Event()
        self.outcome: Outcome = told(self.isbn, 1_000)
        self.processes = [self.process(), self.process()]

    def process(self) -> AskOnce:
        remember = RememberPrices(
            InMemoryUnitOfWork(self.work), self.memory, StandingClock(), self.measurements
        )
        return AskOnce(self.memory, remember, self.measurements)

    async def ask(self) -> Outcome:
        self.asked += 1
        await self.answer.wait()
        return self.outcome

    async def want(
        self, process: int = 0, *, patience: timedelta = PATIENCE, ask: Ask | None = None
    ) -> Outcome | None:
        return await self.processes[process](
            self.isbn, HARBOUR, ask or self.ask, since=None, patience=patience
        )


@pytest.fixture
def world() -> World:
    return World()


async def asked(world: World, after: Callable[[], None] = lambda: None) -> None:
    while not world.asked:  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    after()


async def test_two_hundred_in_two_processes_are_one_question(world: World) -> None:
    wanting = asyncio.gather(*(world.want(turn % 2) for turn in range(200)))
    await asked(world, world.answer.set)
    assert set(await wanting) == {told(world.isbn, 1_000)}
    assert world.asked == 1
    assert world.measurements.counts["ask spared here"] == 198
    assert world.measurements.counts["ask spared elsewhere"] == 1


async def test_what_was_heard_is_remembered_before_anybody_is_told(world: World) -> None:
    world.answer.set()
    await world.want()
    known = (await world.memory.recall(world.isbn)).of(HARBOUR).known
    assert known == world.work.prices.kept[world.isbn, HARBOUR] == Known(told(world.isbn, 1_000))


async def test_trouble_is_heard_by_all_and_asked_for_once(world: World) -> None:
    world.outcome = failed(world.isbn)
    world.answer.set()
    assert await world.want() == await world.want(1) == failed(world.isbn)
    assert world.asked == 1
    assert world.work.prices.kept == {}


async def test_nobody_waits_longer_than_they_have_patience(world: World) -> None:
    patient = asyncio.create_task(world.want())
    await asked(world)
    assert await world.want(patience=BRIEFLY) is None
    assert await world.want(1, patience=BRIEFLY) is None
    world.answer.set()
    assert await patient == told(world.isbn, 1_000)
    assert world.asked == 1


async def test_who_leaves_does_not_take_the_answer_from_the_others(world: World) -> None:
    first = asyncio.create_task(world.want())
    await asked(world)
    second = asyncio.create_task(world.want())
    await asyncio.sleep(0)
    first.cancel()
    world.answer.set()
    assert await second == told(world.isbn, 1_000)


async def test_a_mistake_in_asking_is_told_and_the_next_may_ask(world: World) -> None:
    async def mistaken() -> Outcome:
        raise ZeroDivisionError

    for process in (0, 1):
        with pytest.raises(ZeroDivisionError):
            await world.want(process, ask=mistaken)
    world.answer.set()
    assert await world.want() == told(world.isbn, 1_000)


async def test_other_books_and_other_stores_are_other_questions(world: World) -> None:
    first = asyncio.create_task(world.want())
    await asked(world)
    world.isbn = an_isbn()
    world.answer.set()
    await asyncio.gather(first, world.want())
    assert world.asked == 2
