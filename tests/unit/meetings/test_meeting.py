"""A meeting's life, and when what is sealed is opened."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from uuid import UUID

import pytest

from domain.meetings.arrangements import Arrangements
from domain.meetings.errors import MeetingHasBegun, MeetingIsOver, MeetingNotBegun
from domain.meetings.meeting import DOORS_OPEN, SEALS_OPEN, Meeting
from domain.meetings.schedule import Schedule
from domain.meetings.status import MEETING_MOVES, MeetingStatus
from domain.shared.errors import InvalidInput, StaleVersion
from domain.shared.ids import ClubId, MeetingId, UserId, WorkId
from tests.builders import NOON

START = NOON + timedelta(days=7)
LATER = START + timedelta(hours=2)
HOST = UserId(UUID(int=10))


def meeting(status: MeetingStatus = MeetingStatus.SCHEDULED) -> Meeting:
    made = Meeting.arrange(
        id=MeetingId(UUID(int=1)),
        club_id=ClubId(UUID(int=2)),
        work_id=WorkId(UUID(int=3)),
        schedule=Schedule.at(START, "Europe/London"),
        arrangements=Arrangements(),
        by=HOST,
        at=NOON,
    )
    made.drain_events()
    made.status = status
    return made


def told(one: Meeting) -> list[str]:
    return [event.name for event in one.drain_events()]


@pytest.mark.parametrize(("before", "after"), list(product(MeetingStatus, MeetingStatus)))
def test_only_moves_of_the_table_are_made(before: MeetingStatus, after: MeetingStatus) -> None:
    one = meeting(before)
    verbs = {
        MeetingStatus.CANCELLED: lambda: one.cancel(NOON),
        MeetingStatus.HELD: lambda: one.hold(LATER),
        MeetingStatus.CLOSED: lambda: one.close(LATER),
    }
    if after not in verbs:
        return
    if after in MEETING_MOVES[before] or (after is before):
        verbs[after]()
        assert one.status is after
    else:
        with pytest.raises((MeetingIsOver, MeetingHasBegun)):
            verbs[after]()
        assert one.status is before


def test_each_move_is_told_once() -> None:
    one = meeting()
    for _ in range(2):
        one.hold(LATER)
        one.close(LATER) if one.status is MeetingStatus.CLOSED else None
    one.close(LATER)
    one.close(LATER)
    assert told(one) == ["meeting_held", "meeting_seals_opened", "meeting_closed"]


def test_a_meeting_is_moved_before_it_begins() -> None:
    one = meeting()
    one.reschedule(Schedule.at(START + timedelta(days=3), "Europe/London"), NOON)
    [event] = one.drain_events()
    assert (event.before, event.starts_at, event.first_at) == (START, START + timedelta(days=3), START)  # type: ignore[attr-defined] # a MeetingRescheduled
    one.reschedule(one.schedule, NOON)
    assert told(one) == []


@pytest.mark.parametrize("at", [START, LATER])
def test_a_meeting_that_has_begun_is_neither_moved_nor_called_off(at: datetime) -> None:
    one = meeting()
    with pytest.raises(MeetingHasBegun):
        one.reschedule(Schedule.at(LATER + timedelta(days=1), "Europe/London"), at)
    with pytest.raises(MeetingHasBegun):
        one.cancel(at)


def test_a_meeting_is_not_moved_into_the_past() -> None:
    with pytest.raises(InvalidInput):
        meeting().reschedule(Schedule.at(NOON - timedelta(hours=1), "Europe/London"), NOON)


def test_a_cancelled_meeting_stays_cancelled() -> None:
    one = meeting()
    one.cancel(NOON)
    one.cancel(LATER)
    assert told(one) == ["meeting_cancelled"]
    with pytest.raises(MeetingIsOver):
        one.rearrange(Arrangements(place="The Crown"), HOST, NOON)


def test_the_doors_open_an_hour_before() -> None:
    with pytest.raises(MeetingNotBegun):
        meeting().hold(START - DOORS_OPEN - timedelta(seconds=1))
    meeting().hold(START - DOORS_OPEN)


def test_nothing_is_closed_that_has_not_begun() -> None:
    with pytest.raises(MeetingNotBegun):
        meeting().close(START - timedelta(seconds=1))


def test_seals_open_a_day_before_or_when_somebody_opens_them() -> None:
    one = meeting()
    assert not one.shows_sealed(START - SEALS_OPEN - timedelta(seconds=1))
    assert one.shows_sealed(START - SEALS_OPEN)
    one.open_seals(NOON)
    one.open_seals(NOON)
    assert one.shows_sealed(NOON)
    assert told(one) == ["meeting_seals_opened"]


def test_the_same_arrangements_again_change_nothing() -> None:
    one = meeting()
    one.rearrange(Arrangements(), HOST, NOON)
    assert told(one) == []


def test_whoever_changes_it_has_seen_the_newest_version() -> None:
    with pytest.raises(StaleVersion):
        meeting().expect(2)


def test_a_moment_is_a_moment_whatever_its_offset() -> None:
    east = timezone(timedelta(hours=5, minutes=45))
    assert Schedule.at(datetime(2027, 1, 1, 5, 45, tzinfo=east), "Asia/Kathmandu").starts_at == datetime(
        2027, 1, 1, tzinfo=UTC
    )


@pytest.mark.parametrize("zone", ["", " ", "Europe London", "../UTC", "/UTC", "a/b/c/d", "Ünited/Kingdom"])
def test_a_zone_is_written_like_one(zone: str) -> None:
    with pytest.raises(InvalidInput):
        Schedule.at(START, zone)


@pytest.mark.parametrize(
    "link", ["http://call.example", "https://", "javascript:alert(1)", "https://a b", "x"]
)
def test_a_link_leads_to_a_safe_address(link: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Arrangements.parse(None, link, None)
    assert refused.value.field == "link"


def test_what_is_blank_is_not_said() -> None:
    assert Arrangements.parse("  ", "", "\n") == Arrangements()
