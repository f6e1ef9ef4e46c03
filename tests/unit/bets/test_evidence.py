"""Who won, by what is known after the meeting."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.bets.evidence import Evidence, Runner, attendance_line, winners
from domain.bets.status import NO, OVER, UNDER, YES, MarketKind
from domain.shared.ids import UserId
from tests.builders import NOON

EMMA, JANE = UserId(UUID(int=1)), UserId(UUID(int=2))
STARTS = NOON + timedelta(days=7)


def runner(reader: UserId, finished_at: datetime | None = None, *, reported: bool = True) -> Runner:
    return Runner(reader=reader, finished_at=finished_at, reported=reported)


def race(*runners: Runner) -> frozenset[str] | None:
    return winners(MarketKind.FIRST_TO_FINISH, Evidence(starts_at=STARTS, runners=runners))


def test_the_first_to_finish_wins() -> None:
    assert race(runner(EMMA, NOON), runner(JANE, NOON + timedelta(hours=1))) == {str(EMMA)}


def test_finishing_within_the_same_minute_is_a_dead_heat() -> None:
    assert race(runner(EMMA, NOON), runner(JANE, NOON + timedelta(seconds=59))) == {str(EMMA), str(JANE)}
    assert race(runner(EMMA, NOON), runner(JANE, NOON + timedelta(seconds=60))) == {str(EMMA)}


def test_finishing_after_the_meeting_began_does_not_count() -> None:
    assert race(runner(EMMA, STARTS + timedelta(seconds=1)), runner(JANE)) == frozenset()
    assert race(runner(EMMA, STARTS), runner(JANE)) == {str(EMMA)}


def test_when_nobody_told_anything_the_race_has_no_result_yet() -> None:
    assert race(runner(EMMA, reported=False), runner(JANE, reported=False)) is None


@pytest.mark.parametrize(
    ("it", "result"),
    [
        (runner(EMMA, NOON), {YES}),
        (runner(EMMA), {NO}),
        (runner(EMMA, STARTS + timedelta(minutes=1)), {NO}),
        (runner(EMMA, reported=False), None),
        (runner(JANE, NOON), None),
    ],
)
def test_whether_somebody_finished_is_known_once_they_told_how_far_they_are(
    it: Runner, result: set[str] | None
) -> None:
    evidence = Evidence(starts_at=STARTS, runners=[it])
    assert winners(MarketKind.FINISHES, evidence, subject=EMMA) == result


@pytest.mark.parametrize(("came", "result"), [(None, None), (6, {UNDER}), (7, {OVER}), (0, {UNDER})])
def test_attendance_is_over_or_under_the_line(came: int | None, result: set[str] | None) -> None:
    evidence = Evidence(starts_at=STARTS, runners=[], came=came)
    assert winners(MarketKind.ATTENDANCE, evidence, line=6) == result


def test_the_line_is_three_quarters_of_those_who_say_they_come() -> None:
    assert [attendance_line(coming) for coming in (0, 1, 4, 9, 10)] == [0, 0, 3, 6, 7]
