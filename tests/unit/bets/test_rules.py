"""Who may stake how much on what, until when."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.bets.errors import ConflictOfInterest, NotRunning, StakeTooHigh
from domain.bets.lock import FURTHEST, Field, LockReason, lock_reason, locks_at
from domain.bets.rules import Parties, Pick, demand_no_conflict, demand_no_stake, demand_within_limits, most
from domain.bets.schedule import bets_stand
from domain.bets.status import NO, OVER, UNDER, YES, MarketKind
from domain.shared.errors import DomainError, InvalidInput
from domain.shared.ids import UserId
from tests.builders import NOON

EMMA, JANE, HARRIET = (UserId(UUID(int=n)) for n in (1, 2, 3))
HOST = UserId(UUID(int=4))
RACE, FINISHES, HEADS = MarketKind.FIRST_TO_FINISH, MarketKind.FINISHES, MarketKind.ATTENDANCE
IN_A_WEEK = NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("balance", "median", "limit"),
    [(100, None, 25), (100, 1, 10), (100, 3, 25), (3, None, 0), (0, None, 0), (-40, 5, 0)],
)
def test_the_most_is_a_quarter_of_the_balance_and_ten_times_what_is_usual(
    balance: int, median: int | None, limit: int
) -> None:
    assert most(balance, median) == limit


def test_the_limit_itself_may_be_staked_and_nothing_above() -> None:
    demand_within_limits(25, 100, None)
    with pytest.raises(StakeTooHigh) as refused:
        demand_within_limits(26, 100, None)
    assert refused.value.details == {"most": 25}


@pytest.mark.parametrize("amount", [0, -1])
def test_nobody_stakes_nothing_or_less(amount: int) -> None:
    with pytest.raises(InvalidInput):
        demand_within_limits(amount, 100, None)


@pytest.mark.parametrize(
    ("bettor", "pick", "refusal"),
    [
        (HARRIET, Pick(kind=RACE, horse=str(EMMA)), None),
        (EMMA, Pick(kind=RACE, horse=str(EMMA)), None),
        (EMMA, Pick(kind=RACE, horse=str(JANE)), ConflictOfInterest),
        (HARRIET, Pick(kind=RACE, horse=str(HARRIET)), NotRunning),
        (HARRIET, Pick(kind=RACE, horse=YES), NotRunning),
        (HOST, Pick(kind=RACE, horse=str(EMMA)), None),
        (EMMA, Pick(kind=FINISHES, horse=YES, subject=EMMA), None),
        (EMMA, Pick(kind=FINISHES, horse=NO, subject=EMMA), ConflictOfInterest),
        (EMMA, Pick(kind=FINISHES, horse=NO, subject=JANE), None),
        (EMMA, Pick(kind=FINISHES, horse=NO, subject=HARRIET), NotRunning),
        (EMMA, Pick(kind=FINISHES, horse=OVER, subject=JANE), InvalidInput),
        (EMMA, Pick(kind=HEADS, horse=OVER), None),
        (EMMA, Pick(kind=HEADS, horse=UNDER), ConflictOfInterest),
        (HARRIET, Pick(kind=HEADS, horse=UNDER), None),
        (HOST, Pick(kind=HEADS, horse=OVER), ConflictOfInterest),
        (HARRIET, Pick(kind=HEADS, horse=str(EMMA)), InvalidInput),
    ],
)
def test_nobody_backs_what_they_can_make_come_true(
    bettor: UserId, pick: Pick, refusal: type[DomainError] | None
) -> None:
    running = {EMMA, JANE}
    backed = pick.subject if pick.kind is FINISHES else pick.horse
    parties = Parties(
        bettor_runs=bettor in running,
        backed_runs=str(backed) in map(str, running),
        bettor_hosts=bettor == HOST,
    )
    if refusal is None:
        demand_no_conflict(pick, bettor, parties)
        return
    with pytest.raises(refusal):
        demand_no_conflict(pick, bettor, parties)


def test_who_decides_has_nothing_on_it() -> None:
    demand_no_stake(HOST, {EMMA})
    with pytest.raises(ConflictOfInterest):
        demand_no_stake(HOST, {EMMA, HOST})


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (Field(starts_at=IN_A_WEEK), None),
        (Field(starts_at=IN_A_WEEK, furthest=FURTHEST - 1), None),
        (Field(starts_at=IN_A_WEEK, furthest=FURTHEST), LockReason.FAR_AHEAD),
        (Field(starts_at=IN_A_WEEK, furthest=FURTHEST, finished=True), LockReason.FIRST_FINISH),
        (Field(starts_at=NOON + timedelta(hours=24, seconds=1)), None),
        (Field(starts_at=NOON + timedelta(hours=24)), LockReason.MEETING_NEAR),
    ],
)
def test_bets_lock_at_the_earliest_of_three_conditions(field: Field, reason: LockReason | None) -> None:
    assert lock_reason(field, NOON) is reason


def test_bets_lock_a_day_before_the_meeting() -> None:
    assert locks_at(IN_A_WEEK) == NOON + timedelta(days=6)


@pytest.mark.parametrize(
    ("moved_by", "stand"),
    [(timedelta(days=7), True), (timedelta(days=-7), True), (timedelta(days=7, seconds=1), False)],
)
def test_bets_stand_when_a_meeting_moves_by_a_week_at_most(moved_by: timedelta, stand: bool) -> None:  # noqa: FBT001 - an example's outcome
    assert bets_stand(IN_A_WEEK, IN_A_WEEK + moved_by) is stand
