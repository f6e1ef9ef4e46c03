"""What bookstores ask, and prices that are compared."""

from collections.abc import Sequence
from typing import Any

from tests.bdd.drivers.protocol import Told as Seen
from tests.bdd.reading import amount, cents, rows
from tests.bdd.story import Story
from tests.bdd.words import given, then, when
from tests.fleet import KNOWN

PATIENT, HURRIED = 5.0, 4.0  # seconds: who may be called once a second has a turn for readers every two
REASONS = {
    "it does not sell the book": "not_sold",
    "it is out of order": "broken",
    "it did not answer in time": "slow",
}


def address_of(bookstore: str) -> str:
    """Ferry Books is ferry-books."""
    name = bookstore.lower().replace(" ", "-")
    assert name in KNOWN, bookstore
    return name


# -- how things stand --------------------------------------------------------------------------------


@given('bookstores sell "{title}":')
async def _(story: Story, title: str, datatable: Sequence[Sequence[str]]) -> None:
    for row in rows(datatable):
        await story.shop.street.asks(address_of(row["bookstore"]), story.isbn(title), cents(row["price"]))


@given('no bookstore sells "{title}"')
async def _(story: Story, title: str) -> None:
    for store in KNOWN:
        await story.shop.street.asks(store, story.isbn(title), None)


@given('{bookstore} now asks {price:S} for "{title}"', price=cents)
async def _(story: Story, bookstore: str, price: int, title: str) -> None:
    await story.shop.street.asks(address_of(bookstore), story.isbn(title), price)


@given("{bookstore} is down")
async def _(story: Story, bookstore: str) -> None:
    story.open_street()
    await story.shop.street.is_down(address_of(bookstore))


@given("{bookstore} takes very long")
async def _(story: Story, bookstore: str) -> None:
    story.open_street()
    await story.shop.street.is_slow(address_of(bookstore))


# -- comparing ---------------------------------------------------------------------------------------


@when('a visitor compares the prices of "{title}"')
@given('a visitor has compared the prices of "{title}"')
async def _(story: Story, title: str) -> None:
    story.last = await _compared(story, title, PATIENT)


@when('a visitor who has no time to lose compares the prices of "{title}"')
async def _(story: Story, title: str) -> None:
    story.last = await _compared(story, title, HURRIED)


@then("the best price is {price:S} at {bookstore}", price=cents)
async def _(story: Story, price: int, bookstore: str) -> None:
    best = story.last["best"]
    assert (best["store"], amount(best["landed"])) == (address_of(bookstore), price)


@then("there is no best price")
async def _(story: Story) -> None:
    assert story.last["best"] is None


@then("{bookstore} asks {price:S}", price=cents)
async def _(story: Story, bookstore: str, price: int) -> None:
    assert amount(_offer_of(story.last, bookstore)["landed"]) == price


@then("{bookstore} is missing because {reason}")
async def _(story: Story, bookstore: str, reason: str) -> None:
    why = {each["store"]: each["why"] for each in story.last["missing"]}
    assert why[address_of(bookstore)] == REASONS[reason], why


@then("every bookstore is shown with a price or a reason")
async def _(story: Story) -> None:
    shown = [each["store"] for part in ("stores", "missing") for each in story.last[part]]
    assert sorted(shown) == sorted(KNOWN)


# -- suspicions --------------------------------------------------------------------------------------


@then("{price:S} at {bookstore} is marked as cheap beyond belief", price=cents)
async def _(story: Story, price: int, bookstore: str) -> None:
    offer = _offer_of(story.last, bookstore)
    assert (amount(offer["landed"]), offer["verdict"]) == (price, "suspect_low")


@given("staff has approved {price:S} at {bookstore}", price=cents)
async def _(story: Story, price: int, bookstore: str) -> None:
    await _decide(story, price, bookstore, "approve")


@given("staff has rejected {price:S} at {bookstore}", price=cents)
async def _(story: Story, price: int, bookstore: str) -> None:
    await _decide(story, price, bookstore, "reject")


@when("{who:w} wants to approve {price:S} at {bookstore}", price=cents)
async def _(story: Story, who: str, price: int, bookstore: str) -> None:
    suspected = await _waiting(story, price, bookstore)
    await (await story.person(who)).decide_price(suspected["id"], "approve")


@then("staff sees that {price:S} at {bookstore} waits", price=cents)
async def _(story: Story, price: int, bookstore: str) -> None:
    assert (await _waiting(story, price, bookstore))["standing"] == "waiting"


@then("nothing waits for staff")
async def _(story: Story) -> None:
    assert await _suspected(story) == []


# -- how ---------------------------------------------------------------------------------------------


async def _compared(story: Story, title: str, seconds: float) -> Seen:
    return await (await story.guest()).compare(story.isbn(title), seconds)


def _offer_of(comparison: Any, bookstore: str) -> Seen:  # noqa: ANN401 - what was told
    name = address_of(bookstore)
    [offer] = [offer for store in comparison["stores"] for offer in store["offers"] if offer["store"] == name]
    found: Seen = offer
    return found


async def _suspected(story: Story) -> list[Seen]:
    waiting = await (await story.staff()).suspected_prices()
    return [each for each in waiting if each["isbn"] in story.isbns.values()]


async def _waiting(story: Story, price: int, bookstore: str) -> Seen:
    found = await story.eventually(lambda: _suspected(story), bool)
    [it] = [each for each in found if each["store"] == address_of(bookstore)]
    assert amount(it["landed"]) == price
    return it


async def _decide(story: Story, price: int, bookstore: str, decision: str) -> None:
    for title in story.isbns:
        await _compared(story, title, PATIENT)
    suspected = await _waiting(story, price, bookstore)
    await (await story.staff()).decide_price(suspected["id"], decision)
