"""What every search engine counts, and what it leaves out."""

import random

import pytest

from application.search.ports import SearchEngine
from application.search.query import Facet, Filters, SearchSort, Wanted
from application.search.results import FacetCount
from domain.search.text import SearchText
from domain.shared.edition_format import Format
from tests.contract.search.shelf import edition, work
from tests.contract.search.worlds import PlainWorld, World

EVERY = tuple(Facet)


async def titles(engine: SearchEngine, filters: Filters, text: str = "") -> set[str]:
    found = await engine.find(Wanted(text=SearchText.parse(text), filters=filters, limit=100))
    assert found.total == len(found.hits)
    return {hit.title for hit in found.hits}


async def test_a_category_holds_what_is_in_it(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(category="history")) == {"Peace After the War"}
    assert await titles(engine, Filters(category="science-fiction")) == {"Dune"}
    assert await titles(engine, Filters(category="sciencefiction")) == set()
    assert await titles(engine, Filters(category="science")) == set()


async def test_an_author_is_known_by_the_whole_name(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(author="neil-gaiman")) == {"Good Omens"}
    assert await titles(engine, Filters(author="gaiman")) == set()
    assert await titles(engine, Filters(author="emily-bronte")) == {"Wuthering Heights"}


async def test_formats_and_languages_are_those_of_any_edition(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(format=Format.HARDCOVER)) == {"The Hobbit", "War and Peace"}
    assert await titles(engine, Filters(format=Format.AUDIOBOOK)) == set()
    assert await titles(engine, Filters(language="fr")) == {"Les Misérables"}
    assert "Les Misérables" in await titles(engine, Filters(language="en"))


async def test_one_edition_has_to_meet_both_bounds_of_the_price(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(price_min=2499, price_max=5000)) == {"The Hobbit", "War and Peace"}
    assert await titles(engine, Filters(price_min=1300, price_max=2498)) == set()
    assert await titles(engine, Filters(category="fiction", price_max=799)) == {"Dune"}


async def test_stars_years_and_stock_can_be_demanded(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(category="fantasy", year_min=1954, year_max=1990)) == {
        "The Fellowship of the Ring",
        "Good Omens",
    }
    assert await titles(engine, Filters(year_max=-1)) == {"Æsop's Fables"}
    best = await titles(engine, Filters(category="fantasy", rating_min=4))
    assert best >= {"The Hobbit", "Good Omens"}
    assert await titles(engine, Filters(rating_min=5)) == set()
    assert await titles(engine, Filters(in_stock=True), "untold") == set()
    assert await titles(engine, Filters(), "untold") == {"Untold"}


async def test_conditions_hold_all_at_once(engine: SearchEngine) -> None:
    assert await titles(engine, Filters(category="fantasy", author="jrr-tolkien"), "hobbit") == set()
    assert await titles(engine, Filters(category="fantasy", year_max=1940), "tolkien") == {"The Hobbit"}


@pytest.mark.parametrize(
    "poison",
    [
        "x` || on_sale:true",
        "fantasy` || year:>0 || categories:=`fantasy",
        "fantasy || history",
        "[fantasy,history]",
        "fantasy,history",
        "' or true --",
        "fantasy) or (1=1",
        "*",
        "%",
        "",
        "\\",
        "`",
        "&&",
    ],
)
async def test_what_is_given_as_a_value_is_only_a_value(engine: SearchEngine, poison: str) -> None:
    assert await titles(engine, Filters(category=poison)) == set()
    assert await titles(engine, Filters(author=poison)) == set()
    assert await titles(engine, Filters(language=poison)) == set()


async def test_each_value_is_counted_once_for_each_work_the_most_frequent_first(engine: SearchEngine) -> None:
    wanted = Wanted(text=SearchText.parse("tolkien "), facets=EVERY)
    facets = (await engine.find(wanted)).facets
    assert facets[Facet.CATEGORY] == (FacetCount("fantasy", 2), FacetCount("fiction", 2))
    assert facets[Facet.FORMAT] == (FacetCount("paperback", 2), FacetCount("hardcover", 1))
    assert facets[Facet.PRICE] == (FacetCount("1000-1499", 2), FacetCount("2000-2999", 1))
    assert facets[Facet.RATING] == (FacetCount("4", 2),)
    assert facets[Facet.LANGUAGE] == (FacetCount("en", 2),)
    assert facets[Facet.YEAR] == (FacetCount("1937", 1), FacetCount("1954", 1))
    assert facets[Facet.AVAILABILITY] == (FacetCount("true", 2),)


async def test_a_work_without_a_value_is_counted_nowhere(engine: SearchEngine) -> None:
    facets = (await engine.find(Wanted(text=SearchText.parse("untold"), facets=EVERY))).facets
    assert {facet for facet, counts in facets.items() if counts} == {
        Facet.PRICE,
        Facet.FORMAT,
        Facet.AVAILABILITY,
    }
    assert facets[Facet.AVAILABILITY] == (FacetCount("false", 1),)


async def test_only_what_was_asked_for_is_counted(engine: SearchEngine) -> None:
    assert (await engine.find(Wanted())).facets == {}
    assert list((await engine.find(Wanted(facets=(Facet.YEAR,)))).facets) == [Facet.YEAR]


async def test_every_category_is_counted_however_many_there_are(engine: SearchEngine, world: World) -> None:
    shelves = [f"niche-{number}" for number in range(200)]
    await world.holds([work(91, "Omnium Gatherum", categories=shelves)])
    wanted = Wanted(text=SearchText.parse("omnium gatherum"), facets=(Facet.CATEGORY,))
    assert {count.value for count in (await engine.find(wanted)).facets[Facet.CATEGORY]} == set(shelves)


async def test_pages_do_not_change_the_counts(engine: SearchEngine) -> None:
    whole = await engine.find(Wanted(filters=Filters(category="ties"), facets=EVERY))
    for sort in (SearchSort.RELEVANCE, SearchSort.PRICE):
        page = Wanted(filters=Filters(category="ties"), facets=EVERY, sort=sort, limit=1, seen=(40, 41, 42))
        found = await engine.find(page)
        assert (found.total, found.facets, len(found.hits)) == (whole.total, whole.facets, 1)


async def test_engines_agree_about_any_filter(engine: SearchEngine, world: World) -> None:
    chance, plain = random.Random(7), PlainWorld()
    added = [
        work(
            100 + number,
            f"Random reading {number}",
            first_published=chance.choice([1800, 1950, 2000]),
            editions=[
                edition(chance.choice(list(Format)), chance.randint(1, 60) * 100, chance.choice(["en", "fr"]))
                for _ in range(chance.randint(1, 3))
            ],
            categories=["agreed", chance.choice(["left", "right"])],
            ratings=(chance.randint(1, 5), 1),
        )
        for number in range(30)
    ]
    await plain.holds(added)
    await world.holds(added)
    for _ in range(15):
        filters = Filters(
            category=chance.choice(["agreed", "left", "right"]),
            format=chance.choice([None, *Format]),
            price_min=chance.choice([None, 1000, 2000]),
            price_max=chance.choice([None, 2500, 4000]),
            rating_min=chance.choice([None, 2, 4]),
            year_min=chance.choice([None, 1950]),
        )
        wanted = Wanted(filters=filters, facets=EVERY, sort=SearchSort.PRICE, limit=100)
        assert await engine.find(wanted) == await plain.engine.find(wanted)
