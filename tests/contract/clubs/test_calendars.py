"""Calendars and reminders: what holds in memory holds in PostgreSQL."""

from datetime import timedelta

import pytest

from domain.clubs.errors import ClubNotFound, NotAMember
from domain.meetings.errors import CalendarNotFound
from domain.meetings.status import Rsvp
from domain.shared.ids import MeetingId
from tests.contract.clubs.conftest import IN_A_WEEK, Village

A_DAY_BEFORE = IN_A_WEEK - timedelta(hours=23)


def field(calendar: str, name: str) -> list[str]:
    lines = calendar.replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[2] for line in lines if line.startswith(f"{name}:")]


async def test_a_reader_s_calendar_shows_the_meetings_of_all_her_clubs(village: Village) -> None:
    reader = await village.reader()
    clubs = [await village.club(reader) for _ in range(2)]
    meetings = [
        await village.meeting(club, reader, at=IN_A_WEEK + timedelta(days=day))
        for day, club in enumerate(clubs)
    ]
    await village.meeting(stranger := await village.club(other := await village.reader()), other)
    secret = await village.calendar(reader)
    assert field(await village.reads_calendar(secret), "UID") == [f"{m}@octavo" for m in meetings]
    await village.joins(reader, stranger)
    assert len(field(await village.reads_calendar(secret), "UID")) == 3


async def test_a_club_s_calendar_shows_that_club_and_where_it_meets(village: Village) -> None:
    reader = await village.reader()
    club = await village.club(reader, name="Highbury Readers")
    await village.meeting(club, reader, await village.work("Emma"), place="Hartfield")
    await village.meeting(await village.club(reader), reader)
    calendar = await village.reads_calendar(await village.calendar(reader, club))
    assert field(calendar, "NAME") == ["Highbury Readers"]
    assert field(calendar, "SUMMARY") == ["Highbury Readers: Emma"]
    assert field(calendar, "LOCATION") == ["Hartfield"]


async def test_calendars_follow_what_becomes_of_a_meeting(village: Village) -> None:
    reader = await village.reader()
    meeting = await village.meeting(await village.club(reader), reader)
    secret = await village.calendar(reader)
    await village.moves(reader, meeting, IN_A_WEEK + timedelta(days=1))
    moved = await village.reads_calendar(secret)
    assert (field(moved, "SEQUENCE"), field(moved, "STATUS")) == (["1"], ["CONFIRMED"])
    assert field(moved, "DTSTART") == ["20261129T120000Z"]
    await village.cancels(reader, meeting)
    off = await village.reads_calendar(secret)
    assert (field(off, "SEQUENCE"), field(off, "STATUS")) == (["2"], ["CANCELLED"])


async def test_who_left_a_club_finds_its_meetings_there_no_more(village: Village) -> None:
    owner = await village.reader()
    club = await village.club(owner)
    await village.meeting(club, owner)
    reader = await village.member(club)
    secrets = [await village.calendar(reader), await village.calendar(reader, club)]
    await village.leaves(reader, club)
    for secret in secrets:
        assert field(await village.reads_calendar(secret), "UID") == []


async def test_a_new_address_takes_the_place_of_the_old(village: Village) -> None:
    reader = await village.reader()
    club = await village.club(reader)
    old, of_club = await village.calendar(reader), await village.calendar(reader, club)
    new = await village.calendar(reader)
    with pytest.raises(CalendarNotFound):
        await village.reads_calendar(old)
    for secret in (new, of_club):
        assert await village.reads_calendar(secret)
    await village.withdraws_calendar(reader)
    with pytest.raises(CalendarNotFound):
        await village.reads_calendar(new)
    assert await village.reads_calendar(of_club)


async def test_only_members_get_a_club_s_calendar(village: Village) -> None:
    with pytest.raises(NotAMember):
        await village.calendar(await village.reader(), await village.club())
    with pytest.raises(ClubNotFound):
        await village.calendar(await village.reader(), await village.club(private=True))


async def meeting_with(village: Village, *answers: Rsvp) -> MeetingId:
    owner = await village.reader()
    club = await village.club(owner, name="Highbury Readers")
    meeting = await village.meeting(club, owner, await village.work("Emma"), place="Hartfield")
    for answer in answers:
        await village.answers(await village.member(club), meeting, answer)
    return meeting


async def test_who_comes_is_reminded_once_the_day_before(village: Village) -> None:
    meeting = await meeting_with(village, Rsvp.COMING, Rsvp.MAYBE, Rsvp.DECLINED)
    assert await village.reminds_of(meeting) == []
    village.clock.at = A_DAY_BEFORE
    mails = await village.reminds_of(meeting)
    assert len(mails) == 2
    letter = mails[0].letter
    assert letter.subject == "Highbury Readers meets about Emma"
    assert letter.rows == [
        ("When", "Saturday 28 November 2026, 12:00 (Europe/London)"),
        ("Where", "Hartfield"),
    ]
    assert await village.reminds_of(meeting) == []


async def test_who_is_there_in_an_hour_is_not_reminded_any_more(village: Village) -> None:
    meeting = await meeting_with(village, Rsvp.COMING)
    village.clock.at = IN_A_WEEK - timedelta(minutes=59)
    assert await village.reminds_of(meeting) == []


async def test_readers_are_reminded_again_when_the_meeting_is_moved(village: Village) -> None:
    meeting = await meeting_with(village, Rsvp.COMING)
    village.clock.at = A_DAY_BEFORE
    [first] = await village.reminds_of(meeting)
    [owner] = [r for r, _, role in await village.roster(meeting) if role == "owner"]
    await village.moves(owner, meeting, IN_A_WEEK + timedelta(minutes=30))
    [second] = await village.reminds_of(meeting)
    assert first.key != second.key


async def test_nobody_is_reminded_of_what_was_cancelled(village: Village) -> None:
    meeting = await meeting_with(village, Rsvp.COMING)
    [owner] = [r for r, _, role in await village.roster(meeting) if role == "owner"]
    await village.cancels(owner, meeting)
    village.clock.at = A_DAY_BEFORE
    assert await village.reminds_of(meeting) == []


async def test_a_reminder_waits_for_the_mail_server(village: Village) -> None:
    meeting = await meeting_with(village, Rsvp.COMING)
    village.clock.at, village.mailer.away = A_DAY_BEFORE, True
    assert await village.reminds_of(meeting) == []
    village.mailer.away = False
    assert len(await village.reminds_of(meeting)) == 1
