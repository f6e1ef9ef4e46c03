"""What is offered while somebody types."""

import pytest

from domain.search.text import SearchText
from tests.unit.search.shop import Shop


@pytest.fixture
async def shop() -> Shop:
    shop = Shop()
    shop.sells("The Hobbit", "J. R. R. Tolkien", series="Middle-earth", sold=90)
    shop.sells("The Silmarillion", "J. R. R. Tolkien", series="Middle-earth", sold=20)
    shop.sells("Poems", "Emily Brontë")
    shop.sells("Poirot Investigates", "Agatha Christie", sold=10)
    await shop.indexed()
    return shop


async def offered(shop: Shop, typed: str, limit: int = 8) -> list[tuple[str, str]]:
    found = await shop.suggest(SearchText.parse(typed), limit)
    return [(one.kind, one.text) for one in found.items]


async def test_a_name_is_offered_once_and_before_its_works(shop: Shop) -> None:
    assert (await offered(shop, "tolk"))[0] == ("author", "J. R. R. Tolkien")
    assert (await offered(shop, "tolk")).count(("author", "J. R. R. Tolkien")) == 1


async def test_titles_series_and_categories_go_on_like_what_was_typed(shop: Shop) -> None:
    assert await offered(shop, "hob") == [("title", "The Hobbit")]
    assert ("series", "Middle-earth") in await offered(shop, "middle ea")
    assert await offered(shop, "po") == [
        ("category", "Poetry"),
        ("title", "Poirot Investigates"),
        ("title", "Poems"),
    ]


async def test_a_suggestion_leads_somewhere(shop: Shop) -> None:
    [category, title, _] = (await shop.suggest(SearchText.parse("po"), 8)).items

    assert category.key == "poetry"
    assert title.work_id is not None


async def test_accents_and_small_errors_are_forgiven(shop: Shop) -> None:
    assert ("author", "Emily Brontë") in await offered(shop, "bronte")
    assert ("title", "The Silmarillion") in await offered(shop, "silmarilion")


@pytest.mark.parametrize("typed", ["", "  ", "?!"])
async def test_nothing_typed_is_nothing_offered(shop: Shop, typed: str) -> None:
    assert await offered(shop, typed) == []


async def test_no_more_is_offered_than_was_asked_for(shop: Shop) -> None:
    assert len(await offered(shop, "po", limit=2)) == 2
