"""What members of a club say, and who reads it already."""

from collections.abc import Mapping
from typing import Any

from tests.bdd.story import Story
from tests.bdd.words import given, then, when


@given('{who:w} has opened the thread "{title}" in "{club}"')
async def _(story: Story, who: str, title: str, club: str) -> None:
    person = await story.person(who)
    story.threads[title] = await person.open_thread(story.clubs[club], story.meeting, title)


@when('{who:w} says "{text}" in "{title}"')
@given('{who:w} has said "{text}" in "{title}"')
async def _(story: Story, who: str, text: str, title: str) -> None:
    await _say(story, who, title, {"text": text})


@when('{who:w} says "{text}" in "{title}", which gives away {percent:d} percent')
async def _(story: Story, who: str, text: str, title: str, percent: int) -> None:
    await _say(story, who, title, {"text": text, "percent": percent})


@when('{who:w} takes "{text}" back')
async def _(story: Story, who: str, text: str) -> None:
    thread, post = story.posts[text]
    await (await story.person(who)).take_post_back(thread, post)


@when('{who:w} hides "{text}" as {reason:w}')
async def _(story: Story, who: str, text: str, reason: str) -> None:
    thread, post = story.posts[text]
    await (await story.person(who)).hide_post(thread, post, reason)


@when('{who:w} closes the thread "{title}"')
async def _(story: Story, who: str, title: str) -> None:
    await (await story.person(who)).close_thread(story.threads[title])


@then('{who:w} can read "{text}"')
async def _(story: Story, who: str, text: str) -> None:
    assert (await _seen(story, who, text))["text"] == text


@then('{who:w} sees that "{text}" is ahead of her')
async def _(story: Story, who: str, text: str) -> None:
    seen = await _seen(story, who, text)
    assert (seen["sight"], seen["text"]) == ("ahead", None)


@then('{who:w} sees that a host has hidden "{text}"')
async def _(story: Story, who: str, text: str) -> None:
    seen = await _seen(story, who, text)
    assert (seen["sight"], seen["text"], seen["reason"]) == ("hidden", None, None)


@then('{who:w} is told that "{text}" was hidden as {reason:w}')
async def _(story: Story, who: str, text: str, reason: str) -> None:
    assert (await _seen(story, who, text))["reason"] == reason


@then('{who:w} does not see "{text}"')
async def _(story: Story, who: str, text: str) -> None:
    thread, post = story.posts[text]
    assert post not in [one["post_id"] for one in await (await story.person(who)).posts(thread)]


async def _say(story: Story, who: str, title: str, words: Mapping[str, Any]) -> None:
    thread = story.threads[title]
    story.posts[words["text"]] = thread, await (await story.person(who)).say(thread, words)


async def _seen(story: Story, who: str, text: str) -> Mapping[str, Any]:
    thread, post = story.posts[text]
    [found] = [one for one in await (await story.person(who)).posts(thread) if one["post_id"] == post]
    return found
