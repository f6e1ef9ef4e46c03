"""Readers who look for something."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bdd.reading import amount, rows
from tests.bdd.steps.catalogue import cents_of
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

NARROWED = {
    "hardcover books": {"format": "hardcover"},
    "books in stock": {"in_stock": "true"},
    "books up to 15.00": {"price_max": 1500},
    "romance books": {"category": "romance"},
}


@given("the search engine is away")
async def _(story: Story) -> None:
    await story.shop.search_knows_all()
    story.engine_away = True
    await story.shop.search_engine_away()


@when("a visitor narrows a search for {words} to {condition}")
async def _(story: Story, words: str, condition: str) -> None:
    await _search(story, q=words, **NARROWED[condition])


@when("a visitor looks for books by {author}, counted by format and availability")
async def _(story: Story, author: str) -> None:
    await _search(story, author=story.author(author), facets="format,availability")


@when('a visitor looks up the ISBN of "{title}", with hyphens')
async def _(story: Story, title: str) -> None:
    isbn = (await (await story.guest()).look_at(story.book(title)))["isbn"]
    await _search(story, q="-".join([isbn[:3], isbn[3:4], isbn[4:8], isbn[8:12], isbn[12:]]))


@when('a visitor looks for the title "{title}" by "{author}"')
async def _(story: Story, title: str, author: str) -> None:
    await _search(story, title=title, author_words=author)


@when("a visitor searches for {words}")
async def _(story: Story, words: str) -> None:
    await _search(story, q=words)


@when("a visitor types {beginning}")
async def _(story: Story, beginning: str) -> None:
    await story.shop.search_knows_all()
    story.last = await (await story.guest()).suggest(beginning)


@then("these works are found: {titles}")
async def _(story: Story, titles: str) -> None:
    wanted = [] if titles == "nothing" else [title.strip() for title in titles.split(",")]
    assert sorted(story.works_mine(story.last)) == sorted(wanted)


@then('"{title}" is found once, as:')
async def _(story: Story, title: str, datatable: Sequence[Sequence[str]]) -> None:
    found = story.works_mine(story.last)[title]
    shown = [
        {
            "format": book["format"],
            "price": cents_of(amount(book["price"])),
            "available": "yes" if book["available"] else "no",
        }
        for book in found["books"]
    ]
    assert shown == rows(datatable)


@then('"{word}" is marked in the title of "{title}"')
async def _(story: Story, word: str, title: str) -> None:
    marked = story.works_mine(story.last)[title]["highlights"]["title"]
    assert f"<mark>{word}</mark>" in marked.lower()


@then("so many works are counted:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    facets: Mapping[str, Any] = story.last[0]["facets"]
    counted = [
        {"facet": facet, "value": count["value"], "works": str(count["count"])}
        for facet, counts in facets.items()
        for count in counts
    ]
    assert counted == rows(datatable)


@then("{kind} {text} is offered")
async def _(story: Story, kind: str, text: str) -> None:
    offered = [(one["kind"], one["text"]) for one in story.last]
    assert any(one == kind and shown.startswith(text) for one, shown in offered), offered


@then("the second engine has answered")
async def _(story: Story) -> None:
    assert {page["engine"] for page in story.last} == {"postgres"}


async def _search(story: Story, **wanted: str | int) -> None:
    if not story.engine_away:
        await story.shop.search_knows_all()
    story.last = await (await story.guest()).search(**wanted)
