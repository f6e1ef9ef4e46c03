"""Every order of every search engine can be read to its end, each work once."""

from dataclasses import replace

import pytest

from application.search.document import Versioned
from application.search.ports import SearchEngine
from application.search.query import Filters, Place, SearchSort, Wanted
from application.search.results import Hit
from domain.search.text import SearchText
from tests.contract.search.shelf import TIED, edition, work
from tests.contract.search.worlds import World

TIES = Filters(category="ties")


async def walk(engine: SearchEngine, wanted: Wanted) -> list[Hit]:
    hits: list[Hit] = []
    while page := (await engine.find(wanted)).hits:
        hits.extend(page)
        seen = (*wanted.seen, *(hit.ordinal for hit in page)) if wanted.sort is SearchSort.RELEVANCE else ()
        wanted = replace(wanted, seen=seen, after=Place(page[-1].value, page[-1].ordinal))
        assert len(hits) < 100, "the pages do not end"
    return hits


@pytest.mark.parametrize("sort", list(SearchSort))
@pytest.mark.parametrize("limit", [1, 5, 100])
async def test_all_pages_together_show_each_work_once(
    engine: SearchEngine, sort: SearchSort, limit: int
) -> None:
    hits = await walk(engine, Wanted(filters=TIES, sort=sort, limit=limit))
    assert sorted(hit.ordinal for hit in hits) == list(range(40, 40 + TIED))


@pytest.mark.parametrize("sort", list(SearchSort))
async def test_pages_of_a_search_by_words_show_each_work_once(engine: SearchEngine, sort: SearchSort) -> None:
    hits = await walk(engine, Wanted(text=SearchText.parse("almanac volume "), sort=sort, limit=5))
    assert sorted(hit.ordinal for hit in hits) == list(range(40, 40 + TIED))


@pytest.mark.parametrize(
    ("sort", "turned"),
    [
        (SearchSort.BESTSELLERS, -1),
        (SearchSort.NEW, -1),
        (SearchSort.PRICE, 1),
        (SearchSort.PRICE_FALLING, -1),
        (SearchSort.RATING, -1),
    ],
)
async def test_an_order_by_value_is_the_same_in_every_engine(
    engine: SearchEngine, sort: SearchSort, turned: int
) -> None:
    hits = await walk(engine, Wanted(filters=TIES, sort=sort, limit=5))
    places = [(turned * hit.value, turned * hit.ordinal) for hit in hits]
    assert places == sorted(places)
    assert len({hit.value for hit in hits}) > 1


async def test_a_works_price_is_that_of_its_cheapest_edition(engine: SearchEngine) -> None:
    found = await engine.find(Wanted(text=SearchText.parse("dune "), sort=SearchSort.PRICE))
    assert [hit.value for hit in found.hits] == [799]


async def test_what_was_seen_is_left_out_but_counted(engine: SearchEngine) -> None:
    wanted = Wanted(text=SearchText.parse("harry potter "), limit=1)
    first = await engine.find(wanted)
    second = await engine.find(replace(wanted, seen=(first.hits[0].ordinal,)))
    last = await engine.find(replace(wanted, seen=(first.hits[0].ordinal, second.hits[0].ordinal)))
    assert first.hits[0].work_id != second.hits[0].work_id
    assert [len(page.hits) for page in (first, second, last)] == [1, 1, 0]
    assert [page.total for page in (first, second, last)] == [2, 2, 2]


async def test_seeing_what_was_meant_does_not_bring_up_what_was_not(engine: SearchEngine) -> None:
    found = await engine.find(Wanted(text=SearchText.parse("carry "), seen=(23,)))
    assert (list(found.hits), found.total) == ([], 1)


async def test_some_works_can_be_asked_for_alone(engine: SearchEngine) -> None:
    found = await engine.find(Wanted(only=(41, 43, 999_999), sort=SearchSort.BESTSELLERS))
    assert ({hit.ordinal for hit in found.hits}, found.total) == ({41, 43}, 2)
    among = Wanted(text=SearchText.parse("almanac"), only=(41, 7), seen=(41,))
    assert ([*(await engine.find(among)).hits], (await engine.find(among)).total) == ([], 1)
    assert (await engine.find(Wanted(only=()))).total == 0


@pytest.mark.parametrize("sort", [SearchSort.RELEVANCE, SearchSort.PRICE])
async def test_a_walk_shows_what_stays_once_while_books_come_go_and_change(
    engine: SearchEngine, world: World, sort: SearchSort
) -> None:
    category = f"moving-{sort.name.lower()}"
    first = 200 if sort is SearchSort.PRICE else 220

    def moving(number: int, *prices: int, version: int = 1, sold: int = 0) -> Versioned:
        editions = [edition(price=price) for price in prices]
        title = f"Moving day {number}"
        return work(
            first + number, title, editions=editions, categories=[category], version=version, sold=sold
        )

    await world.holds([moving(number, 100 * number + 100) for number in range(8)])
    wanted = Wanted(filters=Filters(category=category), sort=sort, limit=3)
    begun = (await engine.find(wanted)).hits
    await world.holds(
        [moving(8, 1), moving(9, 9_000), moving(7, 850, version=2, sold=9), moving(0, version=2)]
    )
    on = replace(
        wanted, seen=tuple(hit.ordinal for hit in begun), after=Place(begun[-1].value, begun[-1].ordinal)
    )
    shown = [hit.ordinal - first for hit in [*begun, *await walk(engine, on)]]
    assert len(shown) == len(set(shown))
    assert set(shown) >= {1, 2, 3, 4, 5, 6, 7}
