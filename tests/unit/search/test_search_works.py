"""Searching, as a reader meets it."""

from dataclasses import replace

import pytest

from application.search.query import Facet, Filters, Mode, SearchQuery, SearchSort
from application.search.results import FacetCount, Hint, SearchPage
from domain.search.text import SearchText
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from tests.fakes.search_documents import InMemorySpeller
from tests.unit.search.shop import Shop


def ask(text: str = "", **more: object) -> SearchQuery:
    return replace(SearchQuery(text=SearchText.parse(text)), **more)  # type: ignore[arg-type] # named as there


def titles(page: SearchPage) -> list[str]:
    return [item.title for item in page.items]


@pytest.fixture
async def shop() -> Shop:
    shop = Shop()
    shop.sells("The Hobbit", "J. R. R. Tolkien", series="Middle-earth", sold=90, categories=["fiction"])
    shop.sells("The Silmarillion", "J. R. R. Tolkien", series="Middle-earth", sold=20, price=2400)
    shop.sells("Emma", "Jane Austen", description="A rich girl makes matches & mistakes.", sold=50)
    shop.sells("Poems", "Emily Brontë", form="ebook", price=300, categories=["poetry"])
    await shop.indexed()
    return shop


async def test_one_hit_a_work_says_who_found_it_and_how(shop: Shop) -> None:
    page = await shop.search(ask("hobbit"))

    assert titles(page) == ["The Hobbit"]
    assert (page.total, page.next, page.engine, page.mode) == (1, None, "memory", Mode.KEYWORD)
    assert page.items[0].highlights == {"title": "The <mark>Hobbit</mark>"}
    assert [book.price.amount for book in page.items[0].books] == [1299]


async def test_words_may_stand_in_different_places_of_a_work(shop: Shop) -> None:
    assert titles(await shop.search(ask("tolkien middle earth silmarillion"))) == ["The Silmarillion"]


async def test_nothing_asked_for_is_everything_bestsellers_first(shop: Shop) -> None:
    page = await shop.search(ask())

    assert titles(page) == ["The Hobbit", "Emma", "The Silmarillion", "Poems"]


@pytest.mark.parametrize("sort", list(SearchSort))
@pytest.mark.parametrize("text", ["", "the tolkien"])
async def test_leafing_through_shows_everything_once(shop: Shop, sort: SearchSort, text: str) -> None:
    for number in range(7):
        shop.sells(f"The Tolkien Reader {number}", "Somebody", price=500, sold=7)
    await shop.indexed()
    found, page = [], await shop.search(ask(text, sort=sort, limit=3))
    total = page.total

    while True:
        found += titles(page)
        if page.next is None:
            break
        page = await shop.search(ask(text, sort=sort, limit=3, cursor=page.next))
        assert page.total == total

    assert len(found) == len(set(found)) == total


async def test_what_changes_its_place_between_two_pages_is_not_shown_again(shop: Shop) -> None:
    first = await shop.search(ask("tolkien", limit=1))
    shop.works = [replace(work, sold=100 - work.sold) for work in shop.works]
    await shop.documents.mark([work.id for work in shop.works], shop.clock.now())
    await shop.indexed()

    second = await shop.search(ask("tolkien", limit=1, cursor=first.next))

    assert {*titles(first), *titles(second)} == {"The Hobbit", "The Silmarillion"}


@pytest.mark.parametrize("hyphens", ["", "-", " "])
async def test_an_isbn_leads_straight_to_its_book(shop: Shop, hyphens: str) -> None:
    digits = shop.isbns["Emma"]

    page = await shop.search(ask(hyphens.join([digits[:3], digits[3:7], digits[7:]])))

    assert titles(page) == ["Emma"]
    assert page.engine == "isbn"


async def test_an_isbn_that_is_not_sold_here_finds_nothing(shop: Shop) -> None:
    assert (await shop.search(ask("978-0-14-143951-8"))).total == 0


async def test_counts_are_over_everything_found_not_over_the_page(shop: Shop) -> None:
    page = await shop.search(ask(limit=1, facets=(Facet.FORMAT, Facet.CATEGORY)))

    assert page.facets[Facet.FORMAT] == (FacetCount("paperback", 3), FacetCount("ebook", 1))
    assert page.facets[Facet.CATEGORY] == (FacetCount("fiction", 1), FacetCount("poetry", 1))


async def test_filters_that_exclude_everything_are_named(shop: Shop) -> None:
    page = await shop.search(ask("tolkien", filters=Filters(format=Format.EBOOK, price_max=2000)))

    assert page.total == 0
    assert page.hints == (Hint("format", 1),)


async def test_a_mistyped_word_that_finds_little_is_asked_about(shop: Shop) -> None:
    page = await shop.search(ask("tolkein simarilion"))

    assert page.did_you_mean == "tolkien silmarillion"


async def test_mistyped_words_that_find_nothing_are_looked_up(shop: Shop) -> None:
    shop.search._help._speller = InMemorySpeller({"tolkein": "tolkien"})

    page = await shop.search(ask("tolkein cookbook"))

    assert (page.total, page.did_you_mean) == (0, "tolkien cookbook")


@pytest.mark.parametrize("typed", ["dracula", "drac", "stoker dracu"])
async def test_the_beginning_of_a_word_that_was_met_is_not_mistyped(shop: Shop, typed: str) -> None:
    shop.search._help._speller = InMemorySpeller({"drac": "draco", "dracu": "draco"})
    shop.sells("Dracula", "Bram Stoker")
    await shop.indexed()

    assert (await shop.search(ask(typed))).did_you_mean is None


async def test_who_found_the_very_words_is_not_asked_about_them(shop: Shop) -> None:
    shop.search._help._speller = InMemorySpeller({"dracula": "draculas"})
    shop.sells("Dracula")
    await shop.indexed()

    assert (await shop.search(ask("dracula"))).did_you_mean is None


async def test_who_found_enough_is_not_bothered(shop: Shop) -> None:
    shop.search._help._speller = InMemorySpeller({"the": "tea"})
    for number in range(5):
        shop.sells(f"The Book {number}")
    await shop.indexed()

    assert (await shop.search(ask("the book"))).did_you_mean is None


async def test_an_unknown_category_is_told(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match="no category"):
        await shop.search(ask(filters=Filters(category="cookery")))


async def test_a_shop_without_embeddings_says_so_when_meaning_is_asked_for(shop: Shop) -> None:
    with pytest.raises(InvalidInput, match="keyword"):
        await shop.search(ask("hobbit", mode=Mode.SEMANTIC))


async def test_what_was_withdrawn_a_moment_ago_is_not_shown(shop: Shop) -> None:
    shop.works = [replace(work, editions=[]) for work in shop.works]

    page = await shop.search(ask("hobbit"))

    assert page.items == []


async def test_wrong_bounds_are_told_before_anybody_searches() -> None:
    for wrong in (
        {"price_min": -1},
        {"price_min": 2, "price_max": 1},
        {"year_min": 2000, "year_max": 1999},
        {"rating_min": 6},
    ):
        with pytest.raises(InvalidInput):
            Filters(**wrong)  # type: ignore[arg-type] # named as there
