"""Progress, attendance and what becomes of a meeting: what holds in memory holds in PostgreSQL."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.errors import BookNotFound
from domain.clubs.errors import MemberNotFound, NotAHost, NotAMember
from domain.meetings.errors import (
    AttendanceCodeNotGood,
    EditionLengthUnknown,
    MeetingHasBegun,
    MeetingIsOver,
    MeetingNotBegun,
    ProgressIsSealed,
)
from domain.meetings.progress import Unit
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import BookId, ClubId, MeetingId, UserId, WorkId
from domain.shared.isbn import Isbn, isbn13_check_digit
from tests.builders import NOON, usd
from tests.contract.clubs.conftest import IN_A_WEEK, Village

PAGE = Unit.PAGE
DAY = timedelta(days=1)


async def edition(village: Village, work_id: WorkId, pages: int | None) -> BookId:
    stem = f"9798{uuid4().int % 10**8:08d}"
    book = Book.add(
        id=BookId(uuid4()),
        work_id=work_id,
        isbn=Isbn(stem + isbn13_check_digit(stem)),
        format=Format.EBOOK,
        facts=EditionFacts(title="Emma", pages=pages),
        price=usd(999),
        at=NOON,
    )
    async with village.unit_of_work() as work:
        await work.books.add(book)
    return book.id


async def circle(village: Village, *lengths: int) -> tuple[MeetingId, UserId, UserId, WorkId]:
    """A meeting about a work of which there are editions so long, its host, and a member."""
    owner, work_id = await village.reader(), await village.work()
    for pages in lengths:
        await edition(village, work_id, pages)
    club = await village.club(owner)
    return await village.meeting(club, owner, work_id), owner, await village.member(club), work_id


async def club_of(village: Village, meeting: MeetingId) -> ClubId:
    return (await village.sees_meeting(meeting)).club_id


async def test_a_page_is_a_part_of_the_reader_s_own_edition(village: Village) -> None:
    meeting, _, reader, work_id = await circle(village, 400, 500)
    pocket = await edition(village, work_id, 200)
    await village.reads(reader, meeting, PAGE, 100)
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert (seen.percent, seen.fraction, seen.edition) == (25, 250_000, None)
    await village.reads(reader, meeting, PAGE, 100, edition=pocket)
    await village.reads(reader, meeting, PAGE, 110)
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert (seen.fraction, seen.edition) == (550_000, pocket)


async def test_an_edition_of_another_work_is_refused(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 400)
    other = await edition(village, await village.work(), 200)
    with pytest.raises(BookNotFound):
        await village.reads(reader, meeting, PAGE, 10, edition=other)


async def test_how_long_an_edition_is_is_told_once(village: Village) -> None:
    meeting, _, reader, _ = await circle(village)
    with pytest.raises(EditionLengthUnknown):
        await village.reads(reader, meeting, Unit.CHAPTER, 11)
    await village.reads(reader, meeting, Unit.CHAPTER, 11, of=55)
    await village.reads(reader, meeting, Unit.CHAPTER, 22)
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert seen.position is not None
    assert (seen.fraction, seen.position.unit, seen.position.number, seen.position.of) == (
        400_000,
        "chapter",
        22,
        55,
    )


async def test_a_work_of_unknown_length_is_taken_to_be_as_long_as_most(village: Village) -> None:
    meeting, _, reader, _ = await circle(village)
    await village.reads(reader, meeting, PAGE, 84)
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert seen.fraction == 250_000
    other, _, another, _ = await circle(village)
    with pytest.raises(EditionLengthUnknown):
        await village.reads(another, other, PAGE, 340)


async def test_pages_that_no_edition_has_are_refused(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 400)
    with pytest.raises(InvalidInput) as refused:
        await village.reads(reader, meeting, PAGE, 401)
    assert refused.value.field == "page"


async def test_leafing_back_and_forth_adds_nothing(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 100)
    for percent in (0, 50, 75, 60, 100):
        await village.reads(reader, meeting, Unit.PERCENT, percent)
        village.clock.move(timedelta(hours=5))
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert (seen.high_water, seen.credited) == (1_000_000, 1_000_000)
    assert await village.curve(meeting, reader) == [0, 500_000, 750_000, 600_000, 1_000_000]
    told = await village.events(meeting)
    assert (told.count("progress_noted"), told.count("reader_finished")) == (5, 1)


async def test_nobody_reads_three_hundred_pages_in_ten_minutes(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 300)
    await village.reads(reader, meeting, PAGE, 3)
    village.clock.move(timedelta(minutes=10))
    await village.reads(reader, meeting, finished=True)
    seen = (await village.attendee(meeting, reader)).progress
    assert seen is not None
    assert (seen.high_water, seen.credited) == (1_000_000, 200_000)
    assert seen.finished_at == village.clock.now()


async def test_of_two_notes_made_on_the_same_one_the_second_is_told(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 10)
    seen = (await village.attendee(meeting, reader)).version
    notes = (village.reads(reader, meeting, PAGE, number, seen=seen) for number in (20, 30))
    told = await asyncio.gather(*notes, return_exceptions=True)
    assert sorted(type(one).__name__ for one in told) == ["NoneType", "StaleVersion"]


async def test_a_note_on_nothing_is_made_on_version_none(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 100)
    with pytest.raises(StaleVersion):
        await village.reads(reader, meeting, PAGE, 10, seen=1)


async def test_sealed_progress_is_opened_a_day_before_the_meeting(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 80, sealed=True)
    hidden = await village.attendee(meeting, reader, owner)
    assert (hidden.sealed, hidden.hidden, hidden.progress) == (True, True, None)
    assert (await village.attendee(meeting, reader)).progress is not None
    with pytest.raises(ProgressIsSealed):
        await village.curve(meeting, reader, owner)
    assert await village.curve(meeting, reader) == [800_000]
    village.clock.move(6 * DAY)
    shown = await village.attendee(meeting, reader, owner)
    assert (shown.hidden, shown.progress is not None) == (False, True)
    assert await village.curve(meeting, reader, owner) == [800_000]


async def test_sealed_progress_is_opened_when_bets_are_locked(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 80, sealed=True)
    await village.opens_seals(meeting)
    assert await village.curve(meeting, reader, owner) == [800_000]


async def test_who_unseals_her_progress_shows_it_at_once(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 80, sealed=True)
    await village.reads(reader, meeting, sealed=False)
    assert await village.curve(meeting, reader, owner) == [800_000]


async def test_strangers_tell_nothing_and_see_nothing(village: Village) -> None:
    meeting, _, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 10)
    stranger = await village.reader()
    with pytest.raises(NotAMember):
        await village.reads(stranger, meeting, PAGE, 10)
    with pytest.raises(NotAMember):
        await village.curve(meeting, reader, stranger)


async def test_who_left_tells_no_more_and_what_she_told_stays(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village, 100)
    await village.reads(reader, meeting, PAGE, 10)
    await village.leaves(reader, await club_of(village, meeting))
    with pytest.raises(NotAMember):
        await village.reads(reader, meeting, PAGE, 20)
    assert await village.curve(meeting, reader, owner) == [100_000]


async def test_a_host_ticks_off_who_is_there(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village)
    with pytest.raises(MeetingNotBegun):
        await village.ticks_off(owner, meeting, reader)
    village.clock.at = IN_A_WEEK
    await village.ticks_off(owner, meeting, reader)
    await village.ticks_off(owner, meeting, owner, attended=False)
    with pytest.raises(NotAHost):
        await village.ticks_off(reader, meeting, owner)
    with pytest.raises(MemberNotFound):
        await village.ticks_off(owner, meeting, await village.reader())
    seen = {a.reader_id: a.attended for a in await village.attendees(meeting, owner)}
    assert seen == {reader: True, owner: False}
    assert (await village.sees_meeting(meeting)).status == "held"
    assert (await village.sees_meeting(meeting)).replies.attended == 1


async def test_who_sends_the_code_was_there(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village)
    other, host, _, _ = await circle(village)
    code = await village.code_of(owner, meeting)
    with pytest.raises(MeetingNotBegun):
        await village.sends_code(reader, meeting, code)
    village.clock.at = IN_A_WEEK
    for wrong in ("", "AAAAAAAA", await village.code_of(host, other)):
        with pytest.raises(AttendanceCodeNotGood):
            await village.sends_code(reader, meeting, wrong)
    await village.sends_code(reader, meeting, f" {code.lower()} ")
    assert (await village.attendee(meeting, reader)).attended is True
    with pytest.raises(NotAHost):
        await village.code_of(reader, meeting)


async def test_a_whole_room_sends_the_code_at_one_moment(village: Village) -> None:
    meeting, owner, _, _ = await circle(village)
    code, readers = await village.code_of(owner, meeting), await village.readers(12)
    club = await club_of(village, meeting)
    await asyncio.gather(*(village.joins(reader, club) for reader in readers))
    village.clock.at = IN_A_WEEK
    await asyncio.gather(*(village.sends_code(reader, meeting, code) for reader in readers))
    assert (await village.sees_meeting(meeting)).replies.attended == 12
    assert (await village.events(meeting)).count("meeting_held") == 1


async def test_a_closed_meeting_is_settled(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village, 100)
    with pytest.raises(MeetingNotBegun):
        await village.closes(owner, meeting)
    village.clock.at = IN_A_WEEK
    await village.sends_code(reader, meeting, await village.code_of(owner, meeting))
    await village.reads(reader, meeting, finished=True)
    for _ in range(2):
        await village.closes(owner, meeting)
    with pytest.raises(MeetingIsOver):
        await village.reads(owner, meeting, PAGE, 10)
    with pytest.raises(MeetingIsOver):
        await village.ticks_off(owner, meeting, owner)
    with pytest.raises(MeetingIsOver):
        await village.answers(owner, meeting)
    assert (await village.events(meeting))[-2:] == ["meeting_seals_opened", "meeting_closed"]
    score = (await village.sees(await club_of(village, meeting))).score
    assert score is not None
    assert (score.meetings, score.attended, score.finished, score.total) == (1, 1, 1, 3)


async def test_a_meeting_is_moved_by_who_saw_its_newest_version(village: Village) -> None:
    meeting, owner, _, _ = await circle(village)
    await village.moves(owner, meeting, IN_A_WEEK + DAY, seen=1, place="The Crown Inn")
    with pytest.raises(StaleVersion):
        await village.moves(owner, meeting, IN_A_WEEK + 2 * DAY, seen=1)
    seen = await village.sees_meeting(meeting, owner)
    assert (seen.starts_at, seen.place, seen.version) == (IN_A_WEEK + DAY, "The Crown Inn", 2)
    assert (await village.events(meeting))[1:] == ["meeting_rescheduled", "meeting_rearranged"]


async def test_where_one_meets_may_change_also_once_it_has_begun(village: Village) -> None:
    meeting, owner, _, _ = await circle(village)
    village.clock.at = IN_A_WEEK
    await village.moves(owner, meeting, IN_A_WEEK, place="The garden")
    assert (await village.sees_meeting(meeting, owner)).place == "The garden"
    with pytest.raises(MeetingHasBegun):
        await village.moves(owner, meeting, IN_A_WEEK + DAY)


async def test_a_cancelled_meeting_takes_no_answers(village: Village) -> None:
    meeting, owner, reader, _ = await circle(village)
    for _ in range(2):
        await village.cancels(owner, meeting)
    with pytest.raises(MeetingIsOver):
        await village.answers(reader, meeting)
    assert (await village.sees(await club_of(village, meeting))).next_meeting is None
    assert (await village.events(meeting)).count("meeting_cancelled") == 1


async def test_of_two_hosts_one_moves_and_the_other_is_told_that_it_is_off(village: Village) -> None:
    meeting, owner, _, _ = await circle(village)
    told = await asyncio.gather(
        village.cancels(owner, meeting, 1),
        village.moves(owner, meeting, IN_A_WEEK + DAY, seen=1),
        return_exceptions=True,
    )
    assert [type(one).__name__ for one in told].count("NoneType") == 1
