"""How far somebody has read: in her own edition's terms, never counted twice, and no faster than eyes."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings.attendee import Attendee
from domain.meetings.errors import EditionLengthUnknown
from domain.meetings.events import ProgressNoted, ReaderFinished
from domain.meetings.progress import WHOLE, Position, Unit, readable
from domain.meetings.status import Rsvp, Witness
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import MeetingId, UserId
from tests.builders import NOON

DAY = timedelta(days=1)


def attendee() -> Attendee:
    return Attendee.arriving(MeetingId(UUID(int=1)), UserId(UUID(int=10)), NOON)


def page(number: int, of: int = 100) -> Position:
    return Position(Unit.PAGE, number, of)


def noted(one: Attendee) -> list[ProgressNoted]:
    return [event for event in one.drain_events() if isinstance(event, ProgressNoted)]


def test_to_leaf_back_and_forth_counts_every_page_once() -> None:
    """0 → 50 → 75 → 60 → 100 is a hundred pages, and not the 115 that an older club's ledger paid."""
    one, counted, before = attendee(), 0, 0
    for day, number in enumerate((0, 50, 75, 60, 100)):
        one.note_progress(page(number), NOON + day * DAY, pages=100)
        [event] = noted(one)
        counted += event.high_water - before
        before = event.high_water
    assert counted == WHOLE
    assert one.progress.credited == WHOLE
    assert one.progress.finished_at == NOON + 4 * DAY


@pytest.mark.parametrize(
    ("position", "fraction"),
    [
        (Position.told(Unit.PAGE, 160, 320), 500_000),
        (Position.told(Unit.PERCENT, 50, None), 500_000),
        (Position.told(Unit.PERCENT, 50, 320), 500_000),
        (Position.told(Unit.CHAPTER, 18, 55), 327_272),
        (Position.told(Unit.SECONDS, 20_000, 57_600), 347_222),
        (Position.told(Unit.PAGE, 0, 320), 0),
    ],
)
def test_half_a_book_is_half_a_book_in_every_edition(position: Position, fraction: int) -> None:
    assert position.fraction == fraction


@given(st.integers(1, 10_000), st.data())
def test_only_the_last_page_is_the_end(of: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, of))
    assert (page(number, of).fraction == WHOLE) == (number == of)


@pytest.mark.parametrize(
    ("unit", "number", "of"), [(Unit.PAGE, 321, 320), (Unit.PERCENT, 101, None), (Unit.PAGE, -1, 9)]
)
def test_there_is_nothing_behind_the_last_page(unit: Unit, number: int, of: int | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        Position.told(unit, number, of)
    assert refused.value.field == unit.value


@pytest.mark.parametrize("unit", [Unit.PAGE, Unit.CHAPTER, Unit.SECONDS])
def test_a_page_says_nothing_where_nobody_knows_how_many_there_are(unit: Unit) -> None:
    with pytest.raises(EditionLengthUnknown):
        Position.told(unit, 5, None)


def test_nobody_is_credited_with_more_than_three_pages_a_minute() -> None:
    one = attendee()
    one.note_progress(page(300, 300), NOON + timedelta(minutes=30), pages=300)
    assert one.progress.high_water == WHOLE
    assert one.progress.credited == 120 * WHOLE // 300  # thirty to begin with, and ninety in half an hour
    assert not one.progress.is_plausible


def test_the_rest_is_credited_as_time_passes() -> None:
    one = attendee()
    one.note_progress(page(300, 300), NOON, pages=300)
    one.note_progress(page(300, 300), NOON + timedelta(minutes=90), pages=300)
    assert one.progress.credited == WHOLE
    assert one.progress.finished_at == NOON


def test_a_work_of_unknown_length_is_as_long_as_most() -> None:
    assert readable(None, timedelta(minutes=102)) == WHOLE
    assert readable(None, timedelta(minutes=101)) < WHOLE
    assert readable(300, timedelta(days=-1)) == readable(300, timedelta(0))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 600)), min_size=1, max_size=12))
def test_what_is_credited_never_falls_and_never_passes_what_was_read(notes: list[tuple[int, int]]) -> None:
    one, at, seen = attendee(), NOON, [0]
    for number, minutes in notes:
        at += timedelta(minutes=minutes)
        one.note_progress(page(number), at, pages=100)
        seen.append(one.progress.credited)
        assert (
            one.progress.credited
            <= one.progress.high_water
            == max(n for n, _ in notes[: len(seen) - 1]) * 10_000
        )
        assert one.progress.credited <= readable(100, at - NOON)
    assert seen == sorted(seen)


def test_who_says_that_she_has_finished_has_finished() -> None:
    one = attendee()
    one.note_progress(None, NOON + DAY, finished=True)
    assert (one.progress.fraction, one.progress.finished_at) == (WHOLE, NOON + DAY)


def test_who_reads_a_book_again_has_still_finished_it_the_first_time() -> None:
    one = attendee()
    one.note_progress(page(100), NOON + DAY, pages=100)
    one.note_progress(page(10), NOON + 2 * DAY, pages=100)
    one.note_progress(page(100), NOON + 3 * DAY, pages=100)
    assert one.progress.finished_at == NOON + DAY
    assert [event.name for event in one.drain_events()].count(ReaderFinished.name) == 1


def test_every_note_is_a_point_of_the_curve() -> None:
    one = attendee()
    for day, number in enumerate((10, 60, 50)):
        one.note_progress(page(number), NOON + day * DAY, pages=100)
    assert [(note.fraction, note.high_water) for note in one.drain_notes()] == [
        (100_000, 100_000),
        (600_000, 600_000),
        (500_000, 600_000),
    ]


def test_the_same_answer_again_is_no_news() -> None:
    one = attendee()
    for _ in range(2):
        one.answer(Rsvp.COMING, NOON)
        one.seal(NOON, sealed=True)
    assert [event.name for event in one.drain_events()] == ["attendee_answered", "progress_sealed"]


def test_a_host_s_word_stands_against_a_code() -> None:
    one = attendee()
    one.note_attendance(Witness.CODE, NOON, attended=True)
    one.note_attendance(Witness.HOST, NOON, attended=False)
    one.note_attendance(Witness.CODE, NOON, attended=True)
    assert (one.attended, one.witness) == (False, Witness.HOST)
    assert len(one.drain_events()) == 2


def test_whoever_changes_it_has_seen_the_newest_version() -> None:
    with pytest.raises(StaleVersion):
        attendee().expect(1)


def test_readable_takes_a_moment_of_any_length() -> None:
    assert readable(20_000, datetime.max.replace(tzinfo=NOON.tzinfo) - NOON) == WHOLE
