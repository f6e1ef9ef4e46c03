"""What every index keeps: the newest version of each work, and nothing else."""

from uuid import UUID

import pytest

from application.search.ports import SearchEngine, SearchIndex
from application.search.query import Wanted
from domain.search.errors import SearchUnavailable
from domain.search.text import SearchText
from domain.shared.ids import WorkId
from tests.contract.search.shelf import work
from tests.contract.search.worlds import IndexWorld


async def held(index: SearchIndex, collection: str) -> dict[int, int]:
    return {work.int: version async for portion in index.versions(collection) for work, version in portion}


async def titles(engine: SearchEngine, text: str) -> list[str]:
    return [hit.title for hit in (await engine.find(Wanted(text=SearchText.parse(text)))).hits]


@pytest.fixture
def index(index_world: IndexWorld) -> SearchIndex:
    return index_world.index


@pytest.fixture
def engine(index_world: IndexWorld) -> SearchEngine:
    return index_world.engine


async def test_without_an_index_nothing_is_searched(index: SearchIndex, engine: SearchEngine) -> None:
    assert await index.standing() is None
    with pytest.raises(SearchUnavailable):
        await engine.find(Wanted())


async def test_an_index_is_searched_from_the_switch_on(index: SearchIndex, engine: SearchEngine) -> None:
    first = await index.prepare()
    await index.put(first, [work(1, "Emma")])
    with pytest.raises(SearchUnavailable):
        await engine.find(Wanted())
    await index.switch(first)
    assert await index.standing() == first
    assert await titles(engine, "") == ["Emma"]

    second = await index.prepare()
    await index.put(second, [work(2, "Dracula")])
    assert await titles(engine, "") == ["Emma"]
    await index.switch(second)
    assert await index.standing() == second
    assert await titles(engine, "") == ["Dracula"]
    with pytest.raises(SearchUnavailable):
        await index.put(first, [work(3, "Walden")])


async def test_a_newer_version_replaces_an_older_one(index: SearchIndex, engine: SearchEngine) -> None:
    there = await index.prepare()
    await index.put(there, [work(1, "Ema", version=1), work(2, "Dracula", version=4)])
    await index.put(there, [work(1, "Emma", version=2)])
    await index.switch(there)
    assert await held(index, there) == {1: 2, 2: 4}
    assert await titles(engine, "emma ") == ["Emma"]


async def test_an_older_version_never_replaces_a_newer_one(index: SearchIndex, engine: SearchEngine) -> None:
    there = await index.prepare()
    await index.put(there, [work(1, "Emma", version=5)])
    await index.put(there, [work(1, "Ema", version=4), work(2, "Dracula", version=1)])
    await index.put(there, [work(1, "Emma", editions=(), version=3)])
    await index.switch(there)
    assert await held(index, there) == {1: 5, 2: 1}
    assert await titles(engine, "emma ") == ["Emma"]


async def test_of_two_versions_that_come_together_the_newer_one_stays(index: SearchIndex) -> None:
    there = await index.prepare()
    await index.put(there, [work(1, "Emma", version=3), work(1, "Ema", version=2)])
    await index.put(there, [work(2, "Dracula", version=1), work(2, "Dracula", editions=(), version=2)])
    assert await held(index, there) == {1: 3}


async def test_the_same_version_may_come_again(index: SearchIndex) -> None:
    there = await index.prepare()
    for _ in range(2):
        await index.put(there, [work(1, "Emma"), work(2, "Gone", editions=())])
    assert await held(index, there) == {1: 1}


async def test_what_is_no_longer_on_sale_is_taken_out(index: SearchIndex, engine: SearchEngine) -> None:
    there = await index.prepare()
    await index.put(there, [work(1, "Emma"), work(2, "Dracula")])
    await index.put(there, [work(1, "Emma", editions=(), version=2)])
    await index.switch(there)
    assert await held(index, there) == {2: 1}
    assert await titles(engine, "") == ["Dracula"]


async def test_what_is_no_work_of_the_shop_can_be_removed(index: SearchIndex) -> None:
    there = await index.prepare()
    await index.put(there, [work(number, f"Book {number}") for number in range(1, 6)])
    await index.remove(there, [WorkId(UUID(int=number)) for number in (2, 4, 77)])
    assert await held(index, there) == {1: 1, 3: 1, 5: 1}


async def test_nothing_to_write_is_written_at_once(index: SearchIndex) -> None:
    there = await index.prepare()
    await index.put(there, [])
    await index.remove(there, [])
    assert await held(index, there) == {}


async def test_all_versions_are_told_in_portions(index: SearchIndex) -> None:
    there = await index.prepare()
    await index.put(there, [work(number, f"Book {number}", version=number) for number in range(1, 2_501)])
    portions = [list(portion) async for portion in index.versions(there)]
    assert len(portions) > 1
    told = [(work.int, version) for portion in portions for work, version in portion]
    assert sorted(told) == [(number, number) for number in range(1, 2_501)]


async def test_an_emptied_server_says_so(index_world: IndexWorld) -> None:
    index = index_world.index
    there = await index.prepare()
    await index.put(there, [work(1, "Emma")])
    await index.switch(there)
    await index_world.lose_everything()
    assert await index.standing() is None
    for call in (index.put(there, [work(1, "Emma")]), index.switch(there), held(index, there)):
        with pytest.raises(SearchUnavailable):
            await call
    with pytest.raises(SearchUnavailable):
        await index_world.engine.find(Wanted())


async def test_a_silent_server_is_told_as_such(index_world: IndexWorld) -> None:
    index = index_world.silent()
    calls = (
        index.standing(),
        index.prepare(),
        index.put("works", [work(1, "Emma")]),
        index.switch("works"),
        held(index, "works"),
        index.remove("works", [WorkId(UUID(int=1))]),
    )
    for call in calls:
        with pytest.raises(SearchUnavailable):
            await call
