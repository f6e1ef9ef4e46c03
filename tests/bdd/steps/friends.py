"""Readers who meet, and such as would rather not."""

from uuid import UUID

from domain.friends.friendship import DECLINED_FOR
from tests.bdd.story import PASSWORD, Story
from tests.bdd.words import given, then, when


@given('{who:w} has signed her calling card "{name}"')
async def _(story: Story, who: str, name: str) -> None:
    await (await story.person(who)).sign_card(name)


@given("{who:w} has given {other:w} the code of his calling card")
async def _(story: Story, who: str, other: str) -> None:
    await story.person(other)
    story.codes[who] = (await (await story.person(who)).calling_card())["code"]


@given("{who:w} has got a new code since")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).renew_card()


@when("{who:w} asks {other:w} to be her friend")
@when("{who:w} asks {other:w} to be his friend")
@given("{who:w} has asked {other:w} to be her friend")
async def _(story: Story, who: str, other: str) -> None:
    code = story.codes.get(other) or (await (await story.person(other)).calling_card())["code"]
    await (await story.person(who)).ask_to_be_friends(code)


@given("{who:w} and {other:w} are friends")
async def _(story: Story, who: str, other: str) -> None:
    for one, another in ((who, other), (other, who)):
        card = await (await story.person(another)).calling_card()
        await (await story.person(one)).ask_to_be_friends(card["code"])


@when("{who:w} types the e-mail address of {other:w} instead of a code")
async def _(story: Story, who: str, other: str) -> None:
    await story.person(other)
    await (await story.person(who)).ask_to_be_friends(story.email(other))


@when("{who:w} accepts {other:w}")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).answer_friend(await _id(story, other), accepted=True)


@given("{who:w} has declined {other:w}")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).answer_friend(await _id(story, other), accepted=False)


@when("{who:w} ends the friendship with {other:w}")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).end_friendship(await _id(story, other))


@when("{who:w} blocks {other:w}")
@given("{who:w} has blocked {other:w}")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).block(await _id(story, other))


@when("{who:w} unblocks {other:w}")
async def _(story: Story, who: str, other: str) -> None:
    await (await story.person(who)).unblock(await _id(story, other))


@when("thirty days pass")
async def _(story: Story) -> None:
    await story.timeless().time_passes(DECLINED_FOR)
    for who, person in story.people.items():  # nobody stays signed in for so long
        await person.sign_in(story.email(who), PASSWORD)


@then("{who:w} and {other:w} are friends")
async def _(story: Story, who: str, other: str) -> None:
    for one, another in ((who, other), (other, who)):
        assert await _id(story, another) in await _listed(story, one, "friends")


@then("{who:w} and {other:w} have nothing to do with each other")
async def _(story: Story, who: str, other: str) -> None:
    for one, another in ((who, other), (other, who)):
        for standing in ("friends", "asks_you", "asked_by_you"):
            assert await _id(story, another) not in await _listed(story, one, standing)


@then('"{name}" asks {who:w} to be her friend')
async def _(story: Story, name: str, who: str) -> None:
    asking = await (await story.person(who)).acquaintances("asks_you")
    assert [one["display_name"] for one in asking] == [name]


@then("{who:w} does not see that {other:w} blocks her")
async def _(story: Story, who: str, other: str) -> None:
    for standing in ("friends", "asks_you", "asked_by_you", "blocked_by_you"):
        assert await _id(story, other) not in await _listed(story, who, standing)


async def _id(story: Story, who: str) -> UUID:
    return UUID((await (await story.person(who)).profile())["id"])


async def _listed(story: Story, who: str, standing: str) -> list[UUID]:
    found = await (await story.person(who)).acquaintances(standing)
    return [UUID(one["reader_id"]) for one in found]
