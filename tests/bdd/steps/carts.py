"""Carts of guests and readers."""

from collections.abc import Sequence
from typing import Any

from tests.bdd.reading import amount, books_named, cents, rows
from tests.bdd.story import PASSWORD, Story
from tests.bdd.words import given, then, when


@given("{who:w} is a guest with {books} in her cart", books=books_named)
async def _(story: Story, who: str, books: list[tuple[int, str]]) -> None:
    story.people[who] = await story.shop.visitor()
    await fill(story, who, books)


@given("{who:w} has an account with {books} in the cart", books=books_named)
async def _(story: Story, who: str, books: list[tuple[int, str]]) -> None:
    await _account(story, who)
    await fill(story, who, books)


@when("{who:w} signs in to the account she has")
async def _(story: Story, who: str) -> None:
    if story.last != "has an account":
        guest = story.people[who]
        await _account(story, who)
        story.people[who] = guest
    await story.people[who].sign_in(story.email(who), PASSWORD)


@given("{who:w} has {books} in her cart", books=books_named)
async def _(story: Story, who: str, books: list[tuple[int, str]]) -> None:
    await fill(story, who, books)


@when("{who:w} puts {books} into the cart", books=books_named)
async def _(story: Story, who: str, books: list[tuple[int, str]]) -> None:
    await fill(story, who, books)


@when('{who:w} changes "{title}" to {copies:d} copies')
async def _(story: Story, who: str, title: str, copies: int) -> None:
    await (await story.person(who)).set_copies(story.book(title), copies)


@when('{who:w} takes "{title}" out of the cart')
async def _(story: Story, who: str, title: str) -> None:
    await (await story.person(who)).take_out(story.book(title))


@when('{who:w}\'s click on "put {title:w} into the cart" arrives twice')
async def _(story: Story, who: str, title: str) -> None:
    visitor, click = await story.person(who), story.click()
    for _time in range(2):
        await visitor.put_in_cart(story.book(title), 1, click)


@then("{who:w}'s cart holds:")
async def _(story: Story, who: str, datatable: Sequence[Sequence[str]]) -> None:
    wanted = {(row["book"], int(row["copies"])) for row in rows(datatable)}
    assert await _held(story, who, wanted) == wanted


@then("{who:w}'s cart is empty")
async def _(story: Story, who: str) -> None:
    assert await _held(story, who, set()) == set()


@then("the cart comes to {price}", price=cents)
async def _(story: Story, price: int) -> None:
    assert amount(story.last["subtotal"]) == price


@then('the cart says "{words}"')
async def _(story: Story, words: str) -> None:
    assert words in story.last["notices"]


@then('{who:w}\'s cart says about "{title}": {words}')
async def _(story: Story, who: str, title: str, words: str) -> None:
    line = await _line(story, who, title)
    assert (line["stock_problem"], line["available"]) == (words, False)


@then('{who:w}\'s cart shows "{title}" at {now} instead of {before}', now=cents, before=cents)
async def _(story: Story, who: str, title: str, now: int, before: int) -> None:
    line = await _line(story, who, title)
    assert (amount(line["unit_price"]), amount(line["price_changed_from"])) == (now, before)


async def fill(story: Story, who: str, books: list[tuple[int, str]]) -> None:
    """Put them in, one after the other."""
    visitor = await story.person(who)
    for copies, title in books:
        await visitor.put_in_cart(story.book(title), copies)


async def _account(story: Story, who: str) -> None:
    """Somebody who has an account and is signed in to it somewhere."""
    story.people[who] = await story.shop.visitor()
    await story.people[who].register(story.email(who), PASSWORD, who)
    await story.people[who].sign_in(story.email(who), PASSWORD)
    story.last = "has an account"


async def _held(story: Story, who: str, wanted: set[tuple[str, int]]) -> set[tuple[str, int]]:
    visitor = await story.person(who)

    async def look() -> set[tuple[str, int]]:
        story.last = await visitor.cart()
        return {(line["title"], line["qty"]) for line in story.last["lines"]}

    return await story.eventually(look, lambda seen: seen == wanted)


async def _line(story: Story, who: str, title: str) -> dict[str, Any]:
    cart = await (await story.person(who)).cart()
    return next(line for line in cart["lines"] if line["title"] == title)
