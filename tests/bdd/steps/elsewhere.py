"""Books that others know."""

from uuid import UUID

from tests.bdd.drivers.elsewhere import GOOGLE, OPEN_LIBRARY
from tests.bdd.reading import cents
from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@given('others know an edition of "{title}" that the shop does not sell')
async def _(story: Story, title: str) -> None:
    story.elsewhere = await story.shop.others_know(title)


@given("Google Books is silent")
async def _(story: Story) -> None:
    await story.shop.others_silent(GOOGLE)


@given("Google Books and Open Library are silent")
async def _(story: Story) -> None:
    await story.shop.others_silent(GOOGLE, OPEN_LIBRARY)


@when("a visitor looks for that edition elsewhere")
async def _(story: Story) -> None:
    story.last = await (await story.guest()).look_elsewhere(isbn=story.elsewhere)


@when('a visitor looks for "{words}" elsewhere')
async def _(story: Story, words: str) -> None:
    story.last = await (await story.guest()).look_elsewhere(q=words)


@when("a member of staff takes that edition in at {price}", price=cents)
async def _(story: Story, price: int) -> None:
    await _take_in(story, "Olga", price)


@when("{who:w} takes that edition in at {price}", price=cents)
async def _(story: Story, who: str, price: int) -> None:
    await _take_in(story, who, price)


@when("a visitor looks at that edition")
async def _(story: Story) -> None:
    story.last = await (await story.guest()).look_at(story.books["that edition"])


@then("it is told by {name}")
async def _(story: Story, name: str) -> None:
    assert story.last["source"] == {"Google Books": GOOGLE, "Open Library": OPEN_LIBRARY}[name]
    assert [item["isbn"] for item in story.last["items"]] == [story.elsewhere]


@then("that edition is among what is told")
async def _(story: Story) -> None:
    assert story.elsewhere in [item["isbn"] for item in story.last["items"]]


@then("the shop does not sell it")
async def _(story: Story) -> None:
    assert [item["in_catalogue"] for item in story.last["items"]] == [None]


@then("the shop tells what it has itself: nothing")
async def _(story: Story) -> None:
    assert (story.last["source"], story.last["items"]) == ("catalogue", [])


@then("its page tells title, author and where that is known from")
async def _(story: Story) -> None:
    assert story.last["title"]
    assert story.last["authors"]
    assert story.last["details"]["source"] == GOOGLE


@then("a visitor who looks for that edition elsewhere is told that the shop sells it")
async def _(story: Story) -> None:
    told = await (await story.guest()).look_elsewhere(isbn=story.elsewhere)
    assert [UUID(item["in_catalogue"]) for item in told["items"]] == [story.books["that edition"]]


async def _take_in(story: Story, who: str, price: int) -> None:
    person = await (story.staff(who) if who == "Olga" else story.person(who))
    money = {"amount": price, "currency": "USD"}
    body = {"isbn": story.elsewhere, "format": "paperback", "price": money, "categories": []}
    story.books["that edition"] = await person.take_in_from_elsewhere(body)
