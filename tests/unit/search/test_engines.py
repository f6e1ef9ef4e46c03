"""The second engine answers while the first does not."""

import asyncio
from datetime import timedelta

import pytest

from application.search.engines import AT_ONCE, Engines
from application.search.query import SearchQuery, Wanted
from application.search.results import Found
from domain.search.errors import SearchUnavailable
from domain.search.text import SearchText
from tests.fakes.search import InMemoryEngine, InMemoryIndex
from tests.unit.search.shop import Shop

SOON = 0.01
HOBBIT = SearchQuery(text=SearchText.parse("hobbit"))


class Second(InMemoryEngine):
    name = "second"


async def shop_with_a_second_engine() -> Shop:
    spare = InMemoryIndex()
    shop = Shop(second=Second(spare))
    shop.sells("The Hobbit", "J. R. R. Tolkien")
    await shop.indexed()
    spare.collections, spare.searched = dict(shop.index.collections), shop.index.searched
    return shop


async def test_a_search_that_the_first_engine_fails_is_answered_by_the_second() -> None:
    shop = await shop_with_a_second_engine()
    shop.index.down = True

    page = await shop.search(HOBBIT)

    assert (page.engine, page.total) == ("second", 1)
    assert shop.measurements.counts["search by second"] == 1


async def test_an_engine_that_keeps_failing_is_not_asked_until_it_had_a_rest() -> None:
    shop = await shop_with_a_second_engine()
    shop.index.down = True
    for _ in range(3):
        await shop.search(HOBBIT)
    shop.index.down = False  # nobody knows yet

    assert (await shop.search(HOBBIT)).engine == "second"
    shop.clock.move(timedelta(seconds=6))
    assert (await shop.search(HOBBIT)).engine == "memory"


async def test_an_emptied_engine_is_no_answer_either() -> None:
    shop = await shop_with_a_second_engine()
    shop.index.lose_everything()

    assert (await shop.search(HOBBIT)).engine == "second"


async def test_without_a_second_engine_the_trouble_is_told() -> None:
    shop = Shop()
    shop.index.down = True
    for _ in range(5):
        with pytest.raises(SearchUnavailable):
            await shop.search(HOBBIT)


class Crowded(InMemoryEngine):
    """Remembers how many were in it at the same time."""

    def __init__(self, index: InMemoryIndex) -> None:
        super().__init__(index)
        self.most = self._inside = 0

    async def find(self, wanted: Wanted) -> Found:
        self._inside += 1
        self.most = max(self.most, self._inside)
        await asyncio.sleep(0)
        self._inside -= 1
        return await super().find(wanted)


async def test_a_rush_waits_at_the_door_and_not_inside_the_engine() -> None:
    shop = await shop_with_a_second_engine()
    crowded = Crowded(shop.index)
    engines = Engines(crowded, None, shop.breaker, shop.measurements)

    answers = await asyncio.gather(
        *(engines.ask(lambda engine: engine.find(Wanted())) for _ in range(5 * AT_ONCE))
    )

    assert {engine for engine, _ in answers} == {"memory"}
    assert crowded.most == AT_ONCE


class Stuck(InMemoryEngine):
    """Answers nobody, and hears when somebody gives up."""

    given_up = 0

    async def find(self, wanted: Wanted) -> Found:
        try:
            return await asyncio.Future[Found]()
        except asyncio.CancelledError:
            self.given_up += 1
            raise


async def test_nobody_waits_for_an_engine_that_is_stuck() -> None:
    shop = await shop_with_a_second_engine()
    stuck = Stuck(shop.index)
    engines = Engines(stuck, Second(shop.index), shop.breaker, shop.measurements, long=SOON)

    for _ in range(4):
        who, found = await engines.ask(lambda engine: engine.find(Wanted()))
        assert (who, found.total) == ("second", 1)

    assert stuck.given_up == 3  # the fourth was not asked any more


async def test_who_answers_late_still_answers_where_the_second_fails() -> None:
    shop = await shop_with_a_second_engine()
    lost = InMemoryIndex()
    engines = Engines(Late(shop.index), Second(lost), shop.breaker, shop.measurements, long=SOON)

    assert (await engines.ask(lambda engine: engine.find(Wanted())))[0] == "memory"


class Late(InMemoryEngine):
    """Takes a moment more than anybody likes to wait."""

    async def find(self, wanted: Wanted) -> Found:
        await asyncio.sleep(2 * SOON)
        return await super().find(wanted)
