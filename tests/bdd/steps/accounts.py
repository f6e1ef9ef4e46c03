"""Signing up, in and out; who may do what; who guesses."""

from uuid import UUID

import pytest

from tests.bdd.drivers.protocol import Refused, Visitor
from tests.bdd.story import PASSWORD, Story
from tests.bdd.words import given, then, when

STRANGERS_NETWORK = 7


@given("{who:w} is a guest")
async def _(story: Story, who: str) -> None:
    story.people[who] = await story.shop.visitor()


@given("{who:w} is a reader")
async def _(story: Story, who: str) -> None:
    await story.person(who)


@given("{who:w} has an account")
async def _(story: Story, who: str) -> None:
    story.people[who] = await story.shop.visitor()
    await _register(story, who)


@when("{who:w} opens an account")
async def _(story: Story, who: str) -> None:
    await _register(story, who)


@when('{who:w} opens an account with the password "{password}"')
async def _(story: Story, who: str, password: str) -> None:
    await _register(story, who, password)


@when("{who:w} opens an account with {other:w}'s address in capital letters")
async def _(story: Story, who: str, other: str) -> None:
    visitor = await story.guest(who)
    await visitor.register(story.email(other).upper(), PASSWORD, who)


@when("{who:w} signs in")
@when("{who:w} signs in on the device she opened the account with")
async def _(story: Story, who: str) -> None:
    await story.people[who].sign_in(story.email(who), PASSWORD)


@when("{who:w} signs in on the stranger's device")
async def _(story: Story, who: str) -> None:
    story.people[who] = story.people["a stranger"]
    await story.people[who].sign_in(story.email(who), PASSWORD)


@then("the shop knows {who:w} by her name and e-mail address")
async def _(story: Story, who: str) -> None:
    profile = await story.people[who].profile()
    assert (profile["name"], profile["email"]) == (who, story.email(who))


# -- devices -----------------------------------------------------------------------------------------


@given("{who:w} is signed in on her phone and on her laptop")
async def _(story: Story, who: str) -> None:
    story.people[who] = story.people["phone"] = await story.shop.visitor()
    story.people["laptop"] = await story.shop.visitor()
    await _register(story, who)
    for device in ("phone", "laptop"):
        await story.people[device].sign_in(story.email(who), PASSWORD)


@when("{who:w} signs out on her {device:w}")
async def _(story: Story, who: str, device: str) -> None:
    await story.people[device].sign_out()


@when("{who:w} signs out everywhere else on her {device:w}")
async def _(story: Story, who: str, device: str) -> None:
    await story.people[device].sign_out_elsewhere()


@when("{who:w} erases her account")
async def _(story: Story, who: str) -> None:
    await story.people[who].erase_account(PASSWORD)


@then("the {device:w} is signed in")
async def _(story: Story, device: str) -> None:
    assert await story.people[device].profile()


@then("the {device:w} is signed out")
async def _(story: Story, device: str) -> None:
    with pytest.raises(Refused, match=r"not_authenticated|refresh_token_rejected"):
        await story.people[device].profile()


@then("the {device:w} is {who:w}'s only device")
async def _(story: Story, device: str, who: str) -> None:
    assert await story.people[device].devices() == 1


# -- roles -------------------------------------------------------------------------------------------


@when("an admin makes {who:w} staff")
async def _(story: Story, who: str) -> None:
    await (await _admin(story)).grant(await _id_of(story, who), "staff")


@when("an admin takes that away from {who:w}")
async def _(story: Story, who: str) -> None:
    await (await _admin(story)).revoke(await _id_of(story, who), "staff")


@when("{who:w} makes himself staff")
async def _(story: Story, who: str) -> None:
    await story.people[who].grant(await _id_of(story, who), "staff")


@when('{who:w} looks into the stock of "{title}"')
@then('{who:w} may look into the stock of "{title}"')
async def _(story: Story, who: str, title: str) -> None:
    assert await story.people[who].stock(story.book(title))


# -- guessing ----------------------------------------------------------------------------------------


@when("a stranger signs in with {whose:w}'s address and a wrong password")
async def _(story: Story, whose: str) -> None:
    await (await _stranger(story)).sign_in(story.email(whose), "not her password")


@when("a stranger signs in with an address without an account")
async def _(story: Story) -> None:
    await (await _stranger(story)).sign_in(story.email("nobody"), PASSWORD)


@given("a stranger has guessed {whose:w}'s password wrongly {times:d} times")
async def _(story: Story, whose: str, times: int) -> None:
    story.buyer = whose
    for _try in range(times):
        assert await _guess(await _stranger(story), story.email(whose)) == "wrong_credentials"


@when("the stranger guesses once more")
async def _(story: Story) -> None:
    await (await _stranger(story)).sign_in(story.email(story.buyer), PASSWORD)


@given("strangers on {networks:d} networks have used up all guesses at {whose:w}'s password")
async def _(story: Story, networks: int, whose: str) -> None:
    for network in range(STRANGERS_NETWORK, STRANGERS_NETWORK + networks):
        stranger = await story.shop.visitor(network)
        while await _guess(stranger, story.email(whose)) == "wrong_credentials":
            pass


async def _register(story: Story, who: str, password: str = PASSWORD) -> None:
    await story.people[who].register(story.email(who), password, who)


async def _admin(story: Story) -> Visitor:
    if "an admin" not in story.people:
        story.people["an admin"] = await story.shop.known_reader(story.email("admin"), "admin")
    return story.people["an admin"]


async def _id_of(story: Story, who: str) -> UUID:
    return UUID((await story.people[who].profile())["id"])


async def _stranger(story: Story) -> Visitor:
    if "a stranger" not in story.people:
        story.people["a stranger"] = await story.shop.visitor(STRANGERS_NETWORK)
    return story.people["a stranger"]


async def _guess(stranger: Visitor, email: str) -> str:
    try:
        await stranger.sign_in(email, "not her password")
    except Refused as refused:
        return refused.code
    raise AssertionError("a wrong password let a stranger in")
