"""What clubs may read next."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.bdd.reading import amount, cents, listed, pairs
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

AN_HOUR = timedelta(hours=1)


@given('{who:w} has opened a vote in "{club}" between {titles}')
@when('{who:w} opens a vote in "{club}" between {titles}')
async def _(story: Story, who: str, club: str, titles: str) -> None:
    works = [await _work(story, title) for title in listed(titles.replace(" and ", ", "))]
    closes_at = (story.shop.now() + AN_HOUR).isoformat()
    facts = {"club_id": story.clubs[club], "closes_at": closes_at, "work_ids": works}
    story.vote = await (await story.person(who)).open_vote(facts)


@when('{who:w} proposes "{title}"')
async def _(story: Story, who: str, title: str) -> None:
    await (await story.person(who)).propose(story.vote, await _work(story, title))


@when("{who:w} votes for {titles}")
@given("{who:w} has voted for {titles}")
async def _(story: Story, who: str, titles: str) -> None:
    works = [await _work(story, title) for title in listed(titles)]
    await (await story.person(who)).cast_ballot(story.vote, works)


@given("they have voted, the one they would like best first:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    for who, titles in pairs(datatable).items():
        works = [await _work(story, title) for title in listed(titles)]
        await (await story.person(who)).cast_ballot(story.vote, works)


@when("{who:w} ends the vote")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).end_vote(story.vote)


@when("an hour passes")
async def _(story: Story) -> None:
    await story.timeless().time_passes(AN_HOUR)


@then('{who:w} sees that they read "{title}" next, because of {reason}')
async def _(story: Story, who: str, title: str, reason: str) -> None:
    vote = await _seen(story, who)
    first = vote["candidates"][0]
    assert (vote["over"], vote["winner"], first["title"]) == (True, first["work_id"], title)
    reasons = {
        "more approvals": "approvals",
        "the order on the ballots": "order",
        "having been proposed first": "proposed",
    }
    assert first["decided"] == reasons[reason]


@then("{who:w} sees that {many:d} has voted, and not how")
async def _(story: Story, who: str, many: int) -> None:
    vote = await _seen(story, who)
    assert (vote["over"], vote["ballots"], vote["winner"]) == (False, many, None)
    assert {candidate["approvals"] for candidate in vote["candidates"]} == {None}


@then('{who:w} sees that "{title}" costs {one:S} for one and {all:S} for all', one=cents, all=cents)
async def _(story: Story, who: str, title: str, one: int, all: int) -> None:  # noqa: A002 - the step's word
    [price] = [c["price"] for c in (await _seen(story, who))["candidates"] if c["title"] == title]
    assert (amount(price["one"]), amount(price["for_all"])) == (one, all)


async def _seen(story: Story, who: str) -> Mapping[str, Any]:
    return await (await story.person(who)).look_at_vote(story.vote)


async def _work(story: Story, title: str) -> str:
    work: str = (await (await story.guest()).look_at(story.book(title)))["work_id"]
    return work
