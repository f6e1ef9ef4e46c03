"""Buying wherever it is cheapest."""

import asyncio
from collections import Counter
from datetime import UTC, timedelta

from tests.bdd.drivers.protocol import Elsewhere
from tests.bdd.drivers.protocol import Told as Seen
from tests.bdd.reading import amount, cents
from tests.bdd.steps.bookstores import address_of
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

ENDINGS = {
    "it is too dear": "too_dear",
    "the price has moved": "price_moved",
    "a cap is reached": "cap_denied",
    "the bookstore did not keep to the agreement": "refunded",
}
ONE_BOOK = "Emma"


@when('{who:w} wants "{title}" for {maximum:S} or less', maximum=cents)
@given('{who:w} has had "{title}" bought for {maximum:S} or less', maximum=cents)
async def _(story: Story, who: str, title: str, maximum: int) -> None:
    story.last = await story.wants(who, _wish(story, title, maximum))


@when('{who:w}\'s click on "buy for {maximum:S} or less" arrives twice', maximum=cents)
async def _(story: Story, who: str, maximum: int) -> None:
    wish = _wish(story, ONE_BOOK, maximum)
    for _time in range(2):
        story.last = await story.wants(who, wish)


@when('{who:w} wants "{title}" for {maximum:S} or less {times:d} times at the same moment', maximum=cents)
async def _(story: Story, who: str, title: str, maximum: int, times: int) -> None:
    wishes = [_wish(story, title, maximum) for _ in range(times)]
    story.last = await asyncio.gather(*(story.wants(who, wish) for wish in wishes))


# -- bookstores and readers --------------------------------------------------------------------------


@given("the answer of {bookstore} to the next order gets lost")
async def _(story: Story, bookstore: str) -> None:
    await story.shop.street.loses_an_answer(address_of(bookstore))


@given("{bookstore} charges more than it said for the next order")
async def _(story: Story, bookstore: str) -> None:
    await story.shop.street.overcharges(address_of(bookstore))


@given("{bookstore} has called {who:w}'s order off")
async def _(story: Story, bookstore: str, who: str) -> None:
    await _is_done(story)
    await story.shop.street.calls_off(address_of(bookstore), _last_of(story, who))


@given("{bookstore} has given {money:S} back for {who:w}'s order", money=cents)
async def _(story: Story, bookstore: str, money: int, who: str) -> None:
    await _is_done(story)
    await story.shop.street.gives_back(address_of(bookstore), _last_of(story, who), money)


@when("the day's purchases are reckoned up")
async def _(story: Story) -> None:
    await story.shop.reckon_up()


@given("{who:w}'s caps are {each:S} a purchase, {day:S} a day and {month:S} a month",
       each=cents, day=cents, month=cents)  # fmt: skip
async def _(story: Story, who: str, each: int, day: int, month: int) -> None:
    await (await story.person(who)).set_caps(each, day, month)


@given("a new month has begun")
async def _(story: Story) -> None:
    now = story.shop.now()
    following = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=1)
    await story.timeless().time_passes(following.astimezone(UTC) - now)


# -- what came of it ---------------------------------------------------------------------------------


@then('{who:w} has bought "{title}" at {bookstore} for {price:S}', price=cents)
async def _(story: Story, who: str, title: str, bookstore: str, price: int) -> None:
    def bought(receipt: Seen) -> bool:
        told = receipt["purchase"]
        paid = told["price_paid"] and amount(told["price_paid"])
        return (told["success"], told["store"], paid) == (True, address_of(bookstore), price)

    receipt = await story.eventually(story.receipt, bought)
    assert bought(receipt), receipt
    assert receipt["purchase"]["book_isbn"] == story.isbn(title)
    assert story.bought[-1][0] == who


@then("nothing is bought: {reason}")
async def _(story: Story, reason: str) -> None:
    ending = ENDINGS[reason]
    receipt = await story.eventually(story.receipt, lambda seen: seen["purchase"]["status"] == ending)
    told = receipt["purchase"]
    assert (told["status"], told["success"], told["price_paid"]) == (ending, False, None), receipt


@then('{who:w} reads in the reason "{words}"')
async def _(story: Story, who: str, words: str) -> None:
    assert words in (await story.receipt())["purchase"]["reason"]
    assert story.bought[-1][0] == who


@then("{who:w} is told that {price:S} is the lowest price found", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    assert amount(story.last["lowest_price_found"]) == price
    assert story.bought[-1][0] == who


@then("{who:w} may have it watched for {price:S}", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    assert amount(story.last["watch"]["body"]["max_price"]) == price
    assert story.bought[-1][0] == who


@then("{who:w} has {number:d} purchase")
async def _(story: Story, who: str, number: int) -> None:
    assert len(await (await story.person(who)).purchases()) == number


@then("{many:d} of them are bought and {others:d} have reached a cap")
async def _(story: Story, many: int, others: int) -> None:
    how = Counter("bought" if told["success"] else told["status"] for told in story.last)
    assert how == {"bought": many, "cap_denied": others}


@then("{money:S} count against {who:w}'s caps", money=cents)
async def _(story: Story, money: int, who: str) -> None:
    await _counts(story, who, money)


@then("nothing counts against {who:w}'s caps")
async def _(story: Story, who: str) -> None:
    await _counts(story, who, 0)


@then('staff reads in the reckoning "{words}"')
async def _(story: Story, words: str) -> None:
    [reckoning] = await (await story.staff()).reckonings()
    about = [f["detail"] for f in reckoning["findings"] if f["purchase_id"] == story.bought[-1][1]]
    assert any(words in detail for detail in about), reckoning


# -- money and orders --------------------------------------------------------------------------------


@then("{held:S} were reserved on her card, {taken:S} taken and {free:S} let go",
      held=cents, taken=cents, free=cents)  # fmt: skip
async def _(story: Story, held: int, taken: int, free: int) -> None:
    await _moved(story, authorise=held, capture=taken, void=free)


@then("nothing was ever on her card")
async def _(story: Story) -> None:
    await _moved(story, authorise=0, capture=0)


@then("no money of hers is held or taken")
async def _(story: Story) -> None:
    moved = await story.eventually(lambda: _money(story), lambda m: m["authorise"] == m["void"])
    assert (moved["authorise"] - moved["void"], moved["capture"]) == (0, 0)


@then("{money:S} have gone back to her card by themselves", money=cents)
async def _(story: Story, money: int) -> None:
    await _moved(story, refund=money)


@then("{bookstore} has {many:d} order of hers over {price:S}", price=cents)
async def _(story: Story, bookstore: str, many: int, price: int) -> None:
    orders = await story.shop.street.orders(story.bought[-1][1])
    assert [(o["store"], o["charged"]) for o in orders] == [(address_of(bookstore), price)] * many


@then("{bookstore} has no order of hers that stands")
async def _(story: Story, bookstore: str) -> None:
    orders = await story.shop.street.orders(story.bought[-1][1])
    assert [(o["store"], o["stands"]) for o in orders] == [(address_of(bookstore), False)]


@then("no bookstore has an order of hers")
async def _(story: Story) -> None:
    assert list(await story.shop.street.orders(story.bought[-1][1])) == []


# -- how ---------------------------------------------------------------------------------------------


def _wish(story: Story, title: str, maximum: int) -> Elsewhere:
    return Elsewhere(isbn=story.isbn(title), maximum=maximum, key=story.click())


def _last_of(story: Story, who: str) -> str:
    return next(purchase for buyer, purchase in reversed(story.bought) if buyer == who)


async def _is_done(story: Story) -> None:
    receipt = await story.eventually(story.receipt, lambda seen: seen["purchase"]["status"] == "done")
    assert receipt["purchase"]["status"] == "done"


async def _counts(story: Story, who: str, money: int) -> None:
    [caps] = [caps for caps in await (await story.person(who)).caps() if caps["currency"] == "USD"]
    assert amount(caps["today"]) == money


async def _money(story: Story) -> dict[str, int]:
    return dict(await story.shop.money(story.bought[-1][1]))


async def _moved(story: Story, **wanted: int) -> None:
    moved = await story.eventually(lambda: _money(story), lambda moved: wanted.items() <= moved.items())
    assert wanted.items() <= moved.items(), moved
