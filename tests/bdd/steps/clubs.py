"""What readers and hosts do in clubs, at their doors and for their meetings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.bdd.reading import listed, local_time
from tests.bdd.story import Story
from tests.bdd.words import given, then, when

LONDON = ZoneInfo("Europe/London")


# -- clubs and their doors ---------------------------------------------------------------------------


@when('{who:w} founds the club "{club}" in "{place}"')
@given('{who:w} has founded the club "{club}" in "{place}"')
async def _(story: Story, who: str, club: str, place: str) -> None:
    await _found(story, who, club, location=place)


@given('{who:w} has founded the club "{club}" in "{place}" that reads {genre:w}')
async def _(story: Story, who: str, club: str, place: str, genre: str) -> None:
    await _found(story, who, club, location=place, genre=genre)


@given('{who:w} has founded the private club "{club}" in "{place}"')
async def _(story: Story, who: str, club: str, place: str) -> None:
    await _found(story, who, club, location=place, private=True)


@when('{who:w} joins "{club}"')
@given('{who:w} has joined "{club}"')
@given('{who:w} has asked to be let into "{club}"')
async def _(story: Story, who: str, club: str) -> None:
    await (await story.person(who)).join_club(story.clubs[club])


@when('{who:w} leaves "{club}"')
async def _(story: Story, who: str, club: str) -> None:
    await (await story.person(who)).leave_club(story.clubs[club])


@given('{host:w} has let {one:w} and {other:w} into "{club}"')
async def _(story: Story, host: str, one: str, other: str, club: str) -> None:
    for who in (one, other):
        await (await story.person(who)).join_club(story.clubs[club])
        await _decides(story, host, who, club, "member")


@when('{host:w} lets {who:w} into "{club}"')
async def _(story: Story, host: str, who: str, club: str) -> None:
    await _decides(story, host, who, club, "member")


@when('{host:w} bars {who:w} from "{club}"')
async def _(story: Story, host: str, who: str, club: str) -> None:
    await _decides(story, host, who, club, "barred")


@when('{owner:w} makes {who:w} {role:w} of "{club}"')
async def _(story: Story, owner: str, who: str, role: str, club: str) -> None:
    await (await story.person(owner)).give_role(story.clubs[club], await story.reader_id(who), role)


@when('{host:w} gives {who:w} a link into "{club}"')
async def _(story: Story, host: str, who: str, club: str) -> None:
    story.last = await (await story.person(host)).invite(story.clubs[club])


@when('{who:w} follows the link into "{club}"')
async def _(story: Story, who: str, club: str) -> None:
    await (await story.person(who)).join_club(story.clubs[club], story.last)


@when('{who:w} looks for clubs with {what:w} "{words}"')
async def _(story: Story, who: str, what: str, words: str) -> None:
    name = {"name": "q"}.get(what, what)
    story.last = await (await story.person(who)).find_clubs(**{name: words})


@when('{who:w} looks at who is in "{club}"')
async def _(story: Story, who: str, club: str) -> None:
    await (await story.person(who)).club_members(story.clubs[club])


@then('she finds "{club}"')
async def _(story: Story, club: str) -> None:
    assert story.clubs[club] in _ids(story.last)


@then("she finds nothing")
async def _(story: Story) -> None:
    assert not set(story.clubs.values()) & _ids(story.last)


@then('{who:w} does not find "{club}"')
async def _(story: Story, who: str, club: str) -> None:
    assert story.clubs[club] not in _ids(await (await story.person(who)).find_clubs(q=club))


@then('"{club}" has {many:d} member')
@then('"{club}" has {many:d} members')
async def _(story: Story, club: str, many: int) -> None:
    assert (await _page(story, club))["members"] == many


@then('{who:w} is {role:w} of "{club}"')
async def _(story: Story, who: str, role: str, club: str) -> None:
    assert (await _page(story, club, who))["role"] == role


@then('{host:w} sees {who:w} waiting at the door of "{club}"')
async def _(story: Story, host: str, who: str, club: str) -> None:
    waiting = await (await story.person(host)).club_members(story.clubs[club], "requested")
    assert [line["reader_id"] for line in waiting] == [await story.reader_id(who)]


@then('the score of "{club}" is {score:d}')
async def _(story: Story, club: str, score: int) -> None:
    assert (await _page(story, club))["score"]["total"] == score


# -- meetings ----------------------------------------------------------------------------------------


@given('"{club}" meets in {days:d} days about "{title}"')
async def _(story: Story, club: str, days: int, title: str) -> None:
    await _arrange(story, story.host_of[club], club, title, starts_at=_ahead(story, days))


@when('{who:w} arranges that the club meets in {days:d} days about "{title}" at "{place}"')
async def _(story: Story, who: str, days: int, title: str, place: str) -> None:
    [club] = story.clubs
    await _arrange(story, who, club, title, starts_at=_ahead(story, days), place=place)


@when('{who:w} arranges that the club meets on {local} about "{title}"', local=local_time)
async def _(story: Story, who: str, local: dict[str, str], title: str) -> None:
    [club] = story.clubs
    await _arrange(story, who, club, title, **local)


@when("{who:w} looks at the next meeting")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).look_at_meeting(story.meeting)


@then('the next meeting of "{club}" is about "{title}"')
async def _(story: Story, club: str, title: str) -> None:
    assert (await _page(story, club))["next_meeting"]["title"] == title


@then('"{club}" has no next meeting')
async def _(story: Story, club: str) -> None:
    assert (await _page(story, club))["next_meeting"] is None


@then('{who:w} reads that it is at "{place}"')
async def _(story: Story, who: str, place: str) -> None:
    assert (await (await story.person(who)).look_at_meeting(story.meeting))["place"] == place


@then("{who:w} does not read where it is")
async def _(story: Story, who: str) -> None:
    assert (await (await story.person(who)).look_at_meeting(story.meeting))["place"] is None


@then("the meeting begins at {day:S} {time:S} in London")
async def _(story: Story, day: str, time: str) -> None:
    meeting = await _meeting(story)
    begins = datetime.fromisoformat(meeting["starts_at"]).astimezone(LONDON)
    assert f"{begins:%Y-%m-%d %H:%M}" == f"{day} {time}"


@when("{who:w} answers that {pronoun:w} is {rsvp:w}")
async def _(story: Story, who: str, pronoun: str, rsvp: str) -> None:
    await (await story.person(who)).answer_meeting(story.meeting, rsvp)


@then("{coming:d} reader comes, {maybe:d} comes perhaps")
@then("{coming:d} readers come, {maybe:d} comes perhaps")
async def _(story: Story, coming: int, maybe: int) -> None:
    replies = (await _meeting(story))["replies"]
    assert (replies["coming"], replies["maybe"]) == (coming, maybe)


@then("{many:d} reader was there")
async def _(story: Story, many: int) -> None:
    assert (await _meeting(story))["replies"]["attended"] == many


@given("{who:w} keeps her clubs in her calendar")
async def _(story: Story, who: str) -> None:
    story.calendars[who] = await (await story.person(who)).get_calendar()


@when("{who:w} moves the meeting to {days:d} days from now")
async def _(story: Story, who: str, days: int) -> None:
    facts = {"starts_at": _ahead(story, days), "time_zone": "Europe/London"}
    await (await story.person(who)).move_meeting(story.meeting, facts)


@when("{who:w} calls the meeting off")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).cancel_meeting(story.meeting)


@when("{who:w} closes the meeting")
async def _(story: Story, who: str) -> None:
    await (await story.person(who)).close_meeting(story.meeting)


@then("{who:w}'s calendar shows it {days:d} days from now, as its second version")
async def _(story: Story, who: str, days: int) -> None:
    shown = await (await story.person(who)).read_calendar(story.calendars[who])
    moment = datetime.fromisoformat(_ahead(story, days)).astimezone(UTC)
    assert f"DTSTART:{moment:%Y%m%dT%H%M%SZ}" in shown
    assert "SEQUENCE:1" in shown


@then("{who:w}'s calendar shows it as cancelled")
async def _(story: Story, who: str) -> None:
    assert "STATUS:CANCELLED" in await (await story.person(who)).read_calendar(story.calendars[who])


@when("{days:d} days pass")
async def _(story: Story, days: int) -> None:
    await story.timeless().time_passes(timedelta(days=days))


@when("{who:w} sends the code of the meeting")
async def _(story: Story, who: str) -> None:
    [host] = set(story.host_of.values())
    code = await (await story.person(host)).attendance_code(story.meeting)
    await (await story.person(who)).send_attendance_code(story.meeting, code)


@when("{host:w} ticks off {who:w}")
async def _(story: Story, host: str, who: str) -> None:
    await (await story.person(host)).tick_off(story.meeting, await story.reader_id(who))


# -- reading -----------------------------------------------------------------------------------------


@when("{who:w} tells that she is at {unit:w} {number:d} of {whole:d}")
async def _(story: Story, who: str, unit: str, number: int, whole: int) -> None:
    await _tell(story, who, {unit: number, "of": whole})


@when("{who:w} tells that she is at {unit:w} {number:d}")
@given("{who:w} has told that she is at {unit:w} {number:d}")
async def _(story: Story, who: str, unit: str, number: int) -> None:
    await _tell(story, who, {unit: number})


@when("{who:w} tells that she is at {unit:w} {number:d}, for herself")
@given("{who:w} has told that she is at {unit:w} {number:d}, for herself")
async def _(story: Story, who: str, unit: str, number: int) -> None:
    await _tell(story, who, {unit: number, "sealed": True})


@when("{who:w} tells that she is at {percents} and then {last:d} percent")
async def _(story: Story, who: str, percents: str, last: int) -> None:
    for percent in [*map(int, listed(percents)), last]:
        await _tell(story, who, {"percent": percent})


@when("{who:w} tells that she has finished")
async def _(story: Story, who: str) -> None:
    await _tell(story, who, {"finished": True})


@when("{who:w} tells from her tablet that she is at page {page:d}")
async def _(story: Story, who: str, page: int) -> None:
    story.last = (await _seen(story, who))["version"]
    await _tell(story, who, {"page": page}, story.last)


@when("{who:w} tells from her phone, which has not seen that, that she is at page {page:d}")
async def _(story: Story, who: str, page: int) -> None:
    await _tell(story, who, {"page": page}, story.last)


@then("{who:w} is at {percent:d} percent")
async def _(story: Story, who: str, percent: int) -> None:
    assert (await _seen(story, who))["progress"]["percent"] == percent


@then("{other:w} sees that {who:w} is at {percent:d} percent")
async def _(story: Story, other: str, who: str, percent: int) -> None:
    assert (await _seen(story, who, other))["progress"]["percent"] == percent


@then("{other:w} does not see how far {who:w} is")
async def _(story: Story, other: str, who: str) -> None:
    seen = await _seen(story, who, other)
    assert (seen["hidden"], seen["progress"]) == (True, None)


@then("{who:w} has read {percent:d} percent, and finished")
async def _(story: Story, who: str, percent: int) -> None:
    story.last = who
    progress = (await _seen(story, who))["progress"]
    assert progress["high_water"] == percent * 10_000
    assert progress["finished_at"] is not None


@then("no more than {percent:d} percent of that is believed by now")
async def _(story: Story, percent: int) -> None:
    assert (await _seen(story, story.last))["progress"]["credited"] <= percent * 10_000


@then("her curve shows {percents} and {last:d} percent")
async def _(story: Story, percents: str, last: int) -> None:
    reader = await story.person(story.last)
    curve = await reader.reading_curve(story.meeting, await story.reader_id(story.last))
    assert [point["fraction"] // 10_000 for point in curve] == [*map(int, listed(percents)), last]


# -- how ---------------------------------------------------------------------------------------------


async def _found(story: Story, who: str, club: str, **facts: object) -> None:
    founded = await (await story.person(who)).found_club({"name": club, **facts})
    story.clubs[club], story.host_of[club] = founded["id"], who


async def _decides(story: Story, host: str, who: str, club: str, standing: str) -> None:
    await (await story.person(host)).keep_door(story.clubs[club], await story.reader_id(who), standing)


async def _page(story: Story, club: str, who: str | None = None) -> Mapping[str, Any]:
    return await (await story.person(who or story.host_of[club])).look_at_club(story.clubs[club])


async def _arrange(story: Story, who: str, club: str, title: str, **facts: str) -> None:
    guest = await story.guest()
    work_id = (await guest.look_at(story.book(title)))["work_id"]
    body = {"club_id": story.clubs[club], "work_id": work_id, "time_zone": "Europe/London", **facts}
    story.meeting = (await (await story.person(who)).schedule(body))["id"]


async def _meeting(story: Story) -> Mapping[str, Any]:
    [host] = set(story.host_of.values())
    return await (await story.person(host)).look_at_meeting(story.meeting)


async def _tell(story: Story, who: str, news: dict[str, object], seen: int | None = None) -> None:
    await (await story.person(who)).tell_progress(story.meeting, news, seen)


async def _seen(story: Story, who: str, by: str | None = None) -> Mapping[str, Any]:
    reader = await story.person(by or who)
    return await reader.look_at_attendee(story.meeting, await story.reader_id(who))


def _ahead(story: Story, days: int) -> str:
    """So many days after the story began: the same words are the same moment."""
    return (story.began + timedelta(days=days)).isoformat()


def _ids(found: Sequence[Mapping[str, Any]]) -> set[str]:
    return {club["id"] for club in found}
