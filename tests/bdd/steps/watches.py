"""Waiting for a price."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from tests.bdd.drivers.protocol import Told as Seen
from tests.bdd.reading import amount, cents
from tests.bdd.steps.bookstores import address_of
from tests.bdd.story import Story
from tests.bdd.words import given, then, when
from tests.shop import ADDRESS

BUY: Mapping[str, Any] = {
    "payment_info": {"method": "card", "token": "tok_ok"},
    "user_info": {"shipping_addr": ADDRESS},
}
ENDS = {
    "every copy is bought": "bought",
    "she ended it": "cancelled",
    "its latest date has come": "expired",
}


@given('{who:w} waits to be told when "{title}" costs {price:S} or less', price=cents)
async def _(story: Story, who: str, title: str, price: int) -> None:
    await _begin(story, who, title, price)


@given('{who:w} waits to buy {copies:d} copy of "{title}" for {price:S} or less', price=cents)
@given('{who:w} waits to buy {copies:d} copies of "{title}" for {price:S} or less', price=cents)
async def _(story: Story, who: str, copies: int, title: str, price: int) -> None:
    await _begin(story, who, title, price, buy={**BUY, "quantity": copies})


@given('{who:w} waits to buy 2 copies of "{title}" for {price:S} or less, and for {budget:S} in all',
       price=cents, budget=cents)  # fmt: skip
async def _(story: Story, who: str, title: str, price: int, budget: int) -> None:
    await _begin(story, who, title, price, buy={**BUY, "quantity": 2, "budget": _usd(budget)})


@given('{who:w} waits to buy 1 copy of "{title}" for {price:S} or less, with {minutes:d} minutes to say no',
       price=cents)  # fmt: skip
async def _(story: Story, who: str, title: str, price: int, minutes: int) -> None:
    await _begin(story, who, title, price, buy={**BUY, "veto_minutes": minutes})


@given('{who:w} waits to buy 1 copy of "{title}" for {price:S} or less, for {days:d} days', price=cents)
async def _(story: Story, who: str, title: str, price: int, days: int) -> None:
    until = story.shop.now() + timedelta(days=days)
    await _begin(story, who, title, price, buy=BUY, latest_date=until.isoformat())


@given("{who:w} is not to be written to for the next {hours:d} hours")
async def _(story: Story, who: str, hours: int) -> None:
    now = story.shop.now()
    begin, end = now - timedelta(hours=1), now + timedelta(hours=hours)
    story.quiet_hours[who] = {"begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}", "zone": "UTC"}


# -- prices ------------------------------------------------------------------------------------------


@when('{bookstore} lowers its price of "{title}" to {price:S}', price=cents)
@when('{bookstore} raises its price of "{title}" to {price:S}', price=cents)
async def _(story: Story, bookstore: str, title: str, price: int) -> None:
    await story.shop.street.asks(address_of(bookstore), story.isbn(title), price)
    await story.shop.look_at_prices(story.isbn(title))


@when('somebody looks at the prices of "{title}"')
async def _(story: Story, title: str) -> None:
    await story.shop.look_at_prices(story.isbn(title))


@given('{who:w} was told that {bookstore} asks {price:S} for "{title}"', price=cents)
async def _(story: Story, who: str, bookstore: str, price: int, title: str) -> None:
    await story.shop.street.asks(address_of(bookstore), story.isbn(title), price)
    await story.shop.look_at_prices(story.isbn(title))
    letters = await story.eventually(lambda: story.shop.letters(story.email(who)), bool)
    assert len(letters) == 1


@given("{who:w}'s watch has seen {price:S}", price=cents)
@when("{who:w}'s watch has seen {price:S}", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    await story.shop.look_at_prices(story.isbn("Emma"))
    seen = await _until(story, who, lambda it: it["lowest_price"] and amount(it["lowest_price"]) == price)
    assert amount(seen["lowest_price"]) == price


@when('operators read of {who:w}\'s watch "{words}"')
async def _(story: Story, who: str, words: str) -> None:
    says = partial(story.timeless().watch_says, story.watches[who])
    said = await story.eventually(says, lambda said: words in said)
    assert words in said


@given('everybody believes that {bookstore} asks {price:S} for "{title}", while it asks {truth:S}',
       price=cents, truth=cents)  # fmt: skip
async def _(story: Story, bookstore: str, price: int, title: str, truth: int) -> None:
    isbn = story.isbn(title)
    await story.shop.street.asks(address_of(bookstore), isbn, truth)
    await story.timeless().believe(address_of(bookstore), isbn, price)


# -- what the reader does ----------------------------------------------------------------------------


@given("{who:w} has paused her watch")
async def _(story: Story, who: str) -> None:
    await _steer(story, who, "pause")


@when("{who:w} goes on with her watch")
async def _(story: Story, who: str) -> None:
    await _steer(story, who, "resume")


@when("{who:w} ends her watch")
async def _(story: Story, who: str) -> None:
    await _steer(story, who, "cancel")


@when("{who:w} says no")
async def _(story: Story, who: str) -> None:
    await _steer(story, who, "veto")


@when("{who:w} changes her watch to {price:S} or less", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    changes = {"max_price": _usd(price), "budget": _usd(price)}
    await (await story.person(who)).change_watch(story.watches[who], changes)


@when("{who:w} asks about {other:w}'s watch")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).see_watch(story.watches[other])


# -- what came of it ---------------------------------------------------------------------------------


@then("{who:w}'s watch goes on")
async def _(story: Story, who: str) -> None:
    seen = await _until(story, who, lambda it: it["status"] == "active")
    assert seen["status"] == "active", seen


@then("{who:w}'s watch is paused")
async def _(story: Story, who: str) -> None:
    assert (await story.see_watch(who))["status"] == "paused"


@then("{who:w}'s watch has ended because {reason}")
async def _(story: Story, who: str, reason: str) -> None:
    seen = await _until(story, who, lambda it: it["status"] == "ended")
    assert seen["ended_because"] == ENDS[reason], seen


@then('she reads about her watch "{words}"')
async def _(story: Story, words: str) -> None:
    seen = await _until(story, story.watcher, lambda it: words in it["why"])
    assert words in seen["why"], seen


@then("{copies:d} copy was bought for her, for {money:S} in all", money=cents)
@then("{copies:d} copies were bought for her, for {money:S} in all", money=cents)
async def _(story: Story, copies: int, money: int) -> None:
    seen = await _until(story, story.watcher, lambda it: it["buying"]["bought"] == copies)
    assert (seen["buying"]["bought"], amount(seen["buying"]["spent"])) == (copies, money), seen
    done = [one for one in await (await story.person(story.watcher)).purchases() if one["success"]]
    assert sum(amount(one["price_paid"]) for one in done) == money


@then("nothing was bought for her")
async def _(story: Story) -> None:
    purchases = await (await story.person(story.watcher)).purchases()
    assert [one for one in purchases if one["success"] is not False] == []


@then("{who:w} has got no letter")
async def _(story: Story, who: str) -> None:
    assert list(await story.shop.letters(story.email(who))) == []


# -- how ---------------------------------------------------------------------------------------------


async def _begin(story: Story, who: str, title: str, price: int, **more: object) -> None:
    wish = {"book_isbn": story.isbn(title), "max_price": _usd(price), **more}
    if who in story.quiet_hours:
        wish["quiet_hours"] = story.quiet_hours[who]
    await story.begin_watch(who, wish)


async def _steer(story: Story, who: str, verb: str) -> None:
    await (await story.person(who)).steer_watch(story.watches[who], verb)


async def _until(story: Story, who: str, what: Any) -> Seen:  # noqa: ANN401 - a question about a watch
    seen: Seen = await story.eventually(lambda: story.see_watch(who), what)
    return seen


def _usd(price: int) -> dict[str, object]:
    return {"amount": price, "currency": "USD"}
