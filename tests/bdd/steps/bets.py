"""What members of a club stake, and what becomes of it."""

from collections.abc import Sequence
from datetime import timedelta

from tests.bdd.drivers.protocol import TimelessShop
from tests.bdd.reading import rows
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

A_DAY = timedelta(days=1)


def names(text: str) -> list[str]:
    """Harriet, Frank and Jane."""
    return text.replace(" and ", ", ").split(", ")


@given('these readers of "{club}" are coming: {who}')
async def _(story: Story, club: str, who: str) -> None:
    for name in names(who):
        reader = await story.person(name)
        await reader.join_club(story.clubs[club])
        await reader.answer_meeting(story.meeting, "coming")


@given('these readers of "{club}" have {points:d} points each: {who}')
async def _(story: Story, club: str, points: int, who: str) -> None:
    for name in names(who):
        await (await story.person(name)).join_club(story.clubs[club])
        await story.shop.mint(story.email(name), points)


@when("{who:w} bets {points:d} points on {horse:w}")
@given("{who:w} has bet {points:d} points on {horse:w}")
async def _(story: Story, who: str, points: int, horse: str) -> None:
    await _bets(story, who, points, horse)


@given("these bets stand:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    for row in rows(datatable):
        await _bets(story, row["reader"], int(row["points"]), row["on"])


@given("{days:d} days have passed")
async def _(story: Story, days: int) -> None:
    assert isinstance(story.shop, TimelessShop)
    await story.shop.time_passes(days * A_DAY)


@when("{who:w} withdraws the bet")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).withdraw_bet(story.bets[who])


@when("{who:w} says that he has finished")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).tell_progress(story.meeting, {"finished": True})


@when("{who} finish the book in time")
async def _(story: Story, who: str) -> None:
    assert isinstance(story.shop, TimelessShop)
    await story.shop.time_passes(5 * A_DAY)
    for name in names(who):
        await (await story.person(name)).tell_progress(story.meeting, {"finished": True})


@when("the meeting is over and nobody objects")
async def _(story: Story) -> None:
    assert isinstance(story.shop, TimelessShop)
    await story.shop.look_after_bets(story.meeting)
    await story.shop.time_passes(6 * A_DAY)
    await (await story.person("Emma")).close_meeting(story.meeting)
    await story.shop.look_after_bets(story.meeting)
    await story.shop.time_passes(A_DAY)
    await story.shop.look_after_bets(story.meeting)


@when("the bets are looked after")
async def _(story: Story) -> None:
    assert isinstance(story.shop, TimelessShop)
    await story.shop.look_after_bets(story.meeting)


@then("{who:w} has {points:d} points")
async def _(story: Story, who: str, points: int) -> None:
    assert await (await story.person(who)).points() == points


@then("{who} have {points} points")
async def _(story: Story, who: str, points: str) -> None:
    found = [await (await story.person(name)).points() for name in names(who)]
    assert found == [int(each) for each in points.split(", ")]


@then("the odds are:")
async def _(story: Story, datatable: Sequence[Sequence[str]]) -> None:
    (race,) = await (await story.person("Emma")).markets(story.meeting)
    shown = {horse: round(float(odds) * 10, 1) for horse, odds in race["odds"].items()}
    expected = {await story.reader_id(row["on"]): float(row["for ten points"]) for row in rows(datatable)}
    assert shown == expected


@then('{who:w} is told "{words}"')
async def _(story: Story, who: str, words: str) -> None:
    bet = await (await story.person(who)).look_at_bet(story.bets[who])
    assert words in bet["explanation"]["words"]


@then("the books tell {who:w}, the latest first:")
async def _(story: Story, who: str, datatable: Sequence[Sequence[str]]) -> None:
    entries = await (await story.person(who)).points_entries()
    told = [(entry["amount"], entry["reason"]) for entry in entries]
    assert told == [(int(row["points"]), row["why"]) for row in rows(datatable)]


@then("by reading the club is ranked {who}")
async def _(story: Story, who: str) -> None:
    await _ranked(story, names(who)[0], who, friends=False)


@then("by reading {reader:w} and her friends are ranked {who}")
async def _(story: Story, reader: str, who: str) -> None:
    await _ranked(story, reader, who, friends=True)


async def _ranked(story: Story, asking: str, expected: str, *, friends: bool) -> None:
    await story.shop.reward_reading(story.meeting)
    (club,) = story.clubs.values()
    reader = await story.person(asking)
    ids = [await story.reader_id(name) for name in names(expected)]

    async def places() -> list[str]:
        return [str(place["reader_id"]) for place in await reader.leaderboard(club, friends=friends)]

    found = await story.eventually(places, lambda found: found == ids)
    assert found == ids


async def _bets(story: Story, who: str, points: int, horse: str) -> None:
    body = {"meeting_id": story.meeting, "horse_id": await story.reader_id(horse), "amount": points}
    story.bets[who] = (await (await story.person(who)).place_bet(body))["id"]
