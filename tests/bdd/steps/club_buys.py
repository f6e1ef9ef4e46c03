"""Waiting for a price with one's club."""

from tests.bdd.reading import cents
from tests.bdd.steps.watches import BUY
from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@given('{who:w} has opened a club buy of "{title}" in "{club}"')
async def _(story: Story, who: str, title: str, club: str) -> None:
    facts = {"club_id": story.clubs[club], "book_isbn": story.isbn(title)}
    story.club_buy = str((await (await story.person(who)).open_club_buy(facts))["buy_id"])


@given("{who:w} has joined the club buy for {price:S} or less", price=cents)
@when("{who:w} joins the club buy for {price:S} or less", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    await story.join_club_buy(who, {**BUY, "max_price": {"amount": price, "currency": "USD"}})


@when("{who:w} closes the club buy")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).close_club_buy(story.club_buy)


@then("{who:w} sees that {many:d} take part, and neither who nor for how much")
async def _(story: Story, who: str, many: int) -> None:
    seen = dict(await (await story.person(who)).look_at_club_buy(story.club_buy))
    assert (seen.pop("readers"), seen.pop("your_watch")) == (many, None)
    others = {await story.reader_id(other) for other in story.watches} | {*story.watches.values()}
    assert not [name for name, value in seen.items() if str(value) in others], seen


@then("{who:w} has bought nothing elsewhere")
async def _(story: Story, who: str) -> None:
    assert list(await (await story.person(who)).purchases()) == []
