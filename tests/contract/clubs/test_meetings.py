"""Meetings and answers: what holds in memory holds in PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.books.errors import WorkNotFound
from domain.clubs.errors import ClubNotFound, NotAHost, NotAMember
from domain.meetings.arrangements import Arrangements
from domain.meetings.attendee import Attendee
from domain.meetings.errors import MeetingNotFound
from domain.meetings.progress import Position, Unit
from domain.meetings.status import Rsvp
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import MeetingId, WorkId
from tests.builders import NOON
from tests.contract.clubs.conftest import IN_A_WEEK, Village

KITCHEN = {"place": "Hartfield, the kitchen", "link": "https://call.example/emma", "agenda": "Volume one."}


async def test_a_host_arranges_a_meeting_and_members_see_all_of_it(village: Village) -> None:
    owner, work_id = await village.reader(), await village.work("Emma")
    club = await village.club(owner, name="Highbury Readers")
    meeting = await village.meeting(club, owner, work_id, **KITCHEN)
    seen = await village.sees_meeting(meeting, owner)
    assert (seen.club_id, seen.club_name, seen.work_id, seen.title) == (
        club,
        "Highbury Readers",
        work_id,
        "Emma",
    )
    assert (seen.starts_at, seen.time_zone, seen.status, seen.version) == (
        IN_A_WEEK,
        "Europe/London",
        "scheduled",
        1,
    )
    assert {name: getattr(seen, name) for name in KITCHEN} == KITCHEN
    assert await village.events(meeting) == ["meeting_scheduled"]
    ahead = (await village.sees(club)).next_meeting
    assert ahead is not None
    assert (ahead.meeting_id, ahead.title) == (meeting, "Emma")


async def test_where_a_club_meets_is_for_its_members(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    meeting = await village.meeting(club, owner, **KITCHEN)
    for stranger in (None, await village.reader()):
        seen = await village.sees_meeting(meeting, stranger)
        assert (seen.place, seen.link, seen.agenda) == (None, None, None)
    assert (await village.sees_meeting(meeting, await village.member(club))).place == KITCHEN["place"]


async def test_a_private_club_s_meetings_are_not_there_for_others(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner, private=True)
    meeting = await village.meeting(club, owner)
    stranger = await village.reader()
    with pytest.raises(MeetingNotFound):
        await village.sees_meeting(meeting, stranger)
    with pytest.raises(MeetingNotFound):
        await village.answers(stranger, meeting)
    with pytest.raises(ClubNotFound):
        await village.meetings_of(club, stranger)
    assert (await village.sees(club, stranger)).next_meeting is None
    assert await village.meetings_of(club, owner) == [meeting]


async def test_only_hosts_arrange_meetings(village: Village) -> None:
    club, secret = await village.club(), await village.club(private=True)
    with pytest.raises(NotAHost):
        await village.meeting(club, await village.member(club))
    with pytest.raises(NotAMember):
        await village.meeting(club, await village.reader())
    with pytest.raises(ClubNotFound):
        await village.meeting(secret, await village.reader())


async def test_a_meeting_is_about_a_work_of_the_catalogue(village: Village) -> None:
    owner = await village.reader()
    with pytest.raises(WorkNotFound):
        await village.meeting(await village.club(owner), owner, WorkId(uuid4()))


@pytest.mark.parametrize(
    ("written", "zone", "moment"),
    [
        ("2027-01-14T19:00", "Europe/London", datetime(2027, 1, 14, 19, tzinfo=UTC)),
        ("2027-07-14T19:00", "Europe/London", datetime(2027, 7, 14, 18, tzinfo=UTC)),
        ("2027-07-14T19:00", "Asia/Kathmandu", datetime(2027, 7, 14, 13, 15, tzinfo=UTC)),
        ("2027-10-31T01:30", "Europe/London", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
async def test_a_time_without_an_offset_is_what_the_clock_on_the_wall_shows(
    village: Village, written: str, zone: str, moment: datetime
) -> None:
    owner = await village.reader()
    meeting = await village.meeting(
        await village.club(owner), owner, at=datetime.fromisoformat(written), zone=zone
    )
    assert (await village.sees_meeting(meeting)).starts_at == moment


@pytest.mark.parametrize(
    ("written", "zone", "field"),
    [
        ("2027-03-28T01:30", "Europe/London", "starts_at"),  # the clocks jump from one to two
        (NOON.isoformat(), "Europe/London", "starts_at"),
        ((NOON + timedelta(days=1000)).isoformat(), "Europe/London", "starts_at"),
        (IN_A_WEEK.isoformat(), "Europe/Highbury", "time_zone"),
        (IN_A_WEEK.isoformat(), "Europe", "time_zone"),
        (IN_A_WEEK.isoformat(), "../etc/passwd", "time_zone"),
        (IN_A_WEEK.isoformat(), "", "time_zone"),
    ],
)
async def test_a_time_that_is_none_is_refused(village: Village, written: str, zone: str, field: str) -> None:
    owner = await village.reader()
    with pytest.raises(InvalidInput) as refused:
        await village.meeting(await village.club(owner), owner, at=datetime.fromisoformat(written), zone=zone)
    assert refused.value.field == field


async def test_members_say_whether_they_come_and_change_their_minds(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    meeting, reader = await village.meeting(club, owner), await village.member(club, "Harriet")
    await village.answers(reader, meeting)
    await village.answers(reader, meeting)
    [seen] = await village.attendees(meeting, owner)
    assert (seen.reader_id, seen.display_name, seen.rsvp, seen.version) == (reader, "Harriet", "coming", 1)
    await village.answers(reader, meeting, Rsvp.MAYBE)
    told = await village.sees_meeting(meeting, reader)
    assert (told.replies.coming, told.replies.maybe, told.rsvp) == (0, 1, "maybe")
    assert await village.events(meeting) == ["meeting_scheduled", "attendee_answered", "attendee_answered"]


async def test_strangers_neither_answer_nor_see_who_comes(village: Village) -> None:
    owner = await village.reader()
    meeting, stranger = await village.meeting(await village.club(owner), owner), await village.reader()
    with pytest.raises(NotAMember):
        await village.answers(stranger, meeting)
    with pytest.raises(NotAMember):
        await village.attendees(meeting, stranger)
    with pytest.raises(MeetingNotFound):
        await village.answers(owner, MeetingId(uuid4()))


async def test_many_answer_at_one_moment_and_each_counts_once(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    meeting = await village.meeting(club, owner)
    readers = await village.readers(15)
    await asyncio.gather(*(village.joins(reader, club) for reader in readers))
    await asyncio.gather(*(village.answers(reader, meeting) for reader in readers for _ in range(2)))
    assert (await village.sees_meeting(meeting)).replies.coming == 15
    assert (await village.events(meeting)).count("attendee_answered") == 15


async def test_meetings_ahead_come_soonest_first_and_those_of_the_past_latest_first(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    days = [await village.meeting(club, owner, at=NOON + timedelta(days=day)) for day in (3, 1, 2)]
    assert await village.meetings_of(club) == [days[1], days[2], days[0]]
    village.clock.move(timedelta(days=2, hours=1))
    assert await village.meetings_of(club) == [days[0]]
    assert await village.meetings_of(club, over=True) == [days[2], days[1]]


async def test_an_attendee_is_kept_with_all_she_told(village: Village) -> None:
    owner = await village.reader()
    meeting = await village.meeting(await village.club(owner), owner)
    told = Attendee.arriving(meeting, owner, NOON)
    told.answer(Rsvp.COMING, NOON)
    told.seal(NOON, sealed=True)
    told.note_progress(Position(Unit.PAGE, 80, 320), NOON, pages=320)
    async with village.unit_of_work() as work:
        await work.meetings.keep(told)
    async with village.unit_of_work() as work:
        assert await work.meetings.attendee(meeting, owner) == told
        assert await work.meetings.attendees(meeting) == [told]
    [point] = await village.meetings.curve(meeting, owner)
    assert (point.at, point.fraction, point.high_water) == (NOON, 250_000, 250_000)


async def test_of_two_who_change_the_same_attendee_one_is_told(village: Village) -> None:
    owner = await village.reader()
    meeting = await village.meeting(await village.club(owner), owner)
    await village.answers(owner, meeting)
    async with village.unit_of_work() as work:
        one, other = [await work.meetings.attendee(meeting, owner) for _ in range(2)]
        assert one is not None
        assert other is not None
        one.answer(Rsvp.DECLINED, NOON)
        other.answer(Rsvp.MAYBE, NOON)
        await work.meetings.keep(one)
        with pytest.raises(StaleVersion):
            await work.meetings.keep(other)


async def test_a_meeting_is_kept_with_all_that_changed(village: Village) -> None:
    owner = await village.reader()
    meeting_id = await village.meeting(await village.club(owner), owner, **KITCHEN)
    async with village.unit_of_work() as work:
        meeting = await work.meetings.get(meeting_id)
        meeting.rearrange(Arrangements(place="The Crown Inn"), owner, NOON + timedelta(hours=1))
        meeting.open_seals(NOON + timedelta(hours=2))
        await work.meetings.save(meeting)
        stale = await work.meetings.read(meeting_id)
        assert stale == meeting
        await work.meetings.save(meeting)  # nothing happened, so nothing is written
        assert meeting.version == 2
        stale.version = 1
        stale.cancel(NOON)
        with pytest.raises(StaleVersion):
            await work.meetings.save(stale)
