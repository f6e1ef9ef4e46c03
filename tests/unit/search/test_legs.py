"""By words, by meaning, or both: one answer with right counts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from application.search.query import Facet, Mode, SearchQuery
from application.search.results import SearchPage
from domain.search.text import SearchText
from tests.unit.search.shop import Shop

SEA, LOVE, NEITHER = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


class Meanings:
    """An `Embedder` that knows three of them."""

    model, dimensions = "three meanings", 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked += texts
        return [SEA if {"sea", "whale", "sailor"} & set(text.split()) else LOVE for text in texts]


@pytest.fixture
def meanings() -> Meanings:
    return Meanings()


@pytest.fixture
async def shop(meanings: Meanings) -> Shop:
    shop = Shop(embedder=meanings)
    shop.sells("Moby-Dick", "Herman Melville", form="ebook")
    shop.sells("The Sea", "John Banville")
    shop.sells("Lord Jim", "Joseph Conrad")
    shop.sells("A Sea of Troubles", "Somebody Else")
    shop.sells("Emma", "Jane Austen")
    await shop.indexed()
    shop.mean({"Moby-Dick": SEA, "The Sea": NEITHER, "Lord Jim": (0.9, 0.1, 0.0), "Emma": LOVE})
    return shop


def titles(page: SearchPage) -> list[str]:
    return [item.title for item in page.items]


async def search(shop: Shop, text: str, **more: object) -> SearchPage:
    query = SearchQuery(text=SearchText.parse(text))
    return await shop.search(replace(query, **more))  # type: ignore[arg-type] # named as there


async def test_meaning_finds_what_no_word_finds(shop: Shop) -> None:
    page = await search(shop, "whale", mode=Mode.SEMANTIC)

    assert titles(page) == ["Moby-Dick", "Lord Jim"]
    assert (page.total, page.mode) == (2, Mode.SEMANTIC)


async def test_both_is_the_default_and_words_weigh_more(shop: Shop) -> None:
    page = await search(shop, "sea")

    assert page.mode is Mode.HYBRID
    assert set(titles(page)[:2]) == {"The Sea", "A Sea of Troubles"}
    assert set(titles(page)[2:]) == {"Moby-Dick", "Lord Jim"}
    assert page.total == 4


async def test_what_is_far_in_meaning_is_not_found_by_it(shop: Shop) -> None:
    assert "Emma" not in titles(await search(shop, "sea"))


@pytest.mark.parametrize("name", ["lord jim", "Joseph Conrad", "conrad lord jim", "a sea of tr"])
async def test_who_types_a_name_means_what_is_called_so(shop: Shop, meanings: Meanings, name: str) -> None:
    page = await search(shop, name)

    assert (len(page.items), page.total, page.mode) == (1, 1, Mode.HYBRID)
    assert meanings.asked == []


@pytest.mark.parametrize("subject", ["sailor", "sea banville moby"])
async def test_other_questions_may_mean_more_than_they_say(shop: Shop, subject: str) -> None:
    assert "Lord Jim" in titles(await search(shop, subject))


async def test_a_question_is_understood_once(shop: Shop, meanings: Meanings) -> None:
    for facets in ((), (Facet.FORMAT,)):
        await search(shop, "sea", facets=facets)

    assert meanings.asked == ["sea"]


async def test_counts_are_over_what_words_and_meaning_found_each_work_once(shop: Shop) -> None:
    page = await search(shop, "sea", facets=(Facet.FORMAT,), limit=1)

    assert [(count.value, count.count) for count in page.facets[Facet.FORMAT]] == [
        ("paperback", 3),
        ("ebook", 1),
    ]


@pytest.mark.parametrize("mode", [Mode.SEMANTIC, Mode.HYBRID])
async def test_leafing_through_shows_everything_once(shop: Shop, mode: Mode) -> None:
    found, cursor = list[str](), None
    while True:
        page = await search(shop, "sea", mode=mode, limit=1, cursor=cursor)
        found += titles(page)
        if (cursor := page.next) is None:
            break

    assert len(found) == len(set(found)) == page.total


@pytest.mark.parametrize("text", ['"the sea"', ""])
async def test_who_asks_for_a_phrase_or_for_nothing_means_words(shop: Shop, text: str) -> None:
    assert (await search(shop, text)).mode is Mode.KEYWORD
