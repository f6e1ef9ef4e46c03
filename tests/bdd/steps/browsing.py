"""From shelf to shelf, and from a book to its neighbours."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bdd.reading import amount, listed, rows
from tests.bdd.steps.catalogue import cents_of
from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@when("a visitor looks through the new releases")
async def _(story: Story) -> None:
    story.last = story.mine(list(await (await story.guest()).browse(sort="new")))


@when("a visitor looks through what is to come")
async def _(story: Story) -> None:
    story.last = story.mine(list(await (await story.guest()).browse(sort="coming")))


@given("a visitor looks at the shelves")
async def _(story: Story) -> None:
    story.last = await (await story.guest()).shelves()


@then('{books:d} books of {works:d} work more stand under "{shelf}"')
@then('{books:d} books of {works:d} works more stand under "{shelf}"')
async def _(story: Story, books: int, works: int, shelf: str) -> None:
    visitor, before = await story.guest(), _counts(story.last, shelf)
    expected = (before[0] + books, before[1] + works)

    async def counted() -> tuple[int, int]:
        return _counts(await visitor.shelves(), shelf)

    assert await story.eventually(counted, lambda counts: counts == expected) == expected


@when('a visitor goes from "{title}" to its work')
async def _(story: Story, title: str) -> None:
    visitor = await story.guest()
    book = await visitor.look_at(story.book(title))
    story.last = await visitor.look_at_work(book["work_id"])


@when('a visitor goes from "{title}" to its author')
async def _(story: Story, title: str) -> None:
    visitor = await story.guest()
    book = await visitor.look_at(story.book(title))
    story.last = await visitor.look_at_author(book["author_keys"][0])


@when('a visitor goes from "{title}" to its series')
async def _(story: Story, title: str) -> None:
    visitor = await story.guest()
    book = await visitor.look_at(story.book(title))
    story.last = await visitor.look_at_series(book["series_key"])


@when('a visitor looks for authors whose names begin with "{beginning}"')
async def _(story: Story, beginning: str) -> None:
    story.last = await (await story.guest()).authors(story.author(beginning))


@then("{author} is found, with {works:d} works")
async def _(story: Story, author: str, works: int) -> None:
    assert [(found["name"], found["works"]) for found in story.last] == [(story.author(author), works)]


@then("it comes as:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    shown = [
        {"format": edition["format"], "price": cents_of(amount(edition["price"]))}
        for edition in story.last["editions"]
    ]
    assert shown == rows(datatable)


@then("these works are shown: {titles}", titles=listed)
async def _(story: Story, titles: list[str]) -> None:
    assert sorted(_titles(story.last)) == titles


@then("the works are in this order: {titles}", titles=listed)
async def _(story: Story, titles: list[str]) -> None:
    assert _titles(story.last) == titles


@then("it points to the series of the same name by {author}")
async def _(story: Story, author: str) -> None:
    assert [other["author"] for other in story.last["same_name"]] == [story.author(author)]


def _titles(page: Mapping[str, Any]) -> list[str]:
    return [work["title"] for work in page["items"]]


def _counts(shelves: Sequence[Mapping[str, Any]], name: str) -> tuple[int, int]:
    shelf = next(shelf for shelf in shelves if shelf["name"] == name)
    return shelf["books"], shelf["works"]
