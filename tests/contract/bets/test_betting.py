"""Making bets and taking them back."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.bets.bet import BetStatus
from domain.bets.errors import (
    AlreadyBet,
    BetNotFound,
    BettingLocked,
    BettingNotAllowed,
    ConflictOfInterest,
    NotRunning,
    StakeTooHigh,
)
from domain.bets.lock import LockReason
from domain.bets.status import OVER, UNDER, YES, MarketKind, MarketStatus, VoidReason
from domain.clubs.errors import NotAMember
from domain.meetings.errors import MeetingIsOver, MeetingNotFound
from domain.meetings.status import Rsvp
from domain.shared.ids import MeetingId, UserId
from tests.betting import Track


async def test_a_stake_goes_from_the_reader_to_the_market(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club, 400)
    bet = await track.bets(jane, meeting, emma, 100)
    assert (await track.balance(jane), await track.balance(bet.market_id, market=True)) == (300, 100)


async def test_a_second_bet_on_the_same_market_is_refused_until_the_first_is_withdrawn(track: Track) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane = await track.member(club, 400)
    first = await track.bets(jane, meeting, emma, 100)
    with pytest.raises(AlreadyBet):
        await track.bets(jane, meeting, knightley, 10)
    assert await track.balance(jane) == 300
    await track.withdraws(jane, first)
    assert await track.balance(jane) == 400
    second = await track.bets(jane, meeting, knightley, 10)
    assert second.market_id == first.market_id


async def test_withdrawing_twice_gives_back_once(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club, 400)
    bet = await track.bets(jane, meeting, emma, 100)
    for _ in range(2):
        assert (await track.withdraws(jane, bet)).status is BetStatus.WITHDRAWN
    assert await track.balance(jane) == 400


async def test_nobody_withdraws_somebody_else_s_bet(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    bet = await track.bets(await track.member(club), meeting, emma)
    with pytest.raises(BetNotFound):
        await track.withdraws(await track.member(club), bet)


async def test_a_reader_may_bet_once_on_each_market_of_a_meeting(track: Track) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane = await track.member(club, 4_000)
    await track.bets(jane, meeting, emma)
    await track.bets(jane, meeting, YES, about=emma)
    await track.bets(jane, meeting, YES, about=knightley)
    await track.bets(jane, meeting, OVER)
    kinds = [market.kind for market in await track.markets(meeting)]
    assert kinds == [
        MarketKind.FIRST_TO_FINISH,
        MarketKind.FINISHES,
        MarketKind.FINISHES,
        MarketKind.ATTENDANCE,
    ]


async def test_the_stakes_of_a_club_limit_its_stakes(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    for bettor in await track.members(club, 5):
        await track.bets(bettor, meeting, emma, 2)
    rich = await track.member(club, 10_000)
    with pytest.raises(StakeTooHigh):
        await track.bets(rich, meeting, emma, 21)
    await track.bets(rich, meeting, emma, 20)


async def test_a_quarter_of_the_balance_is_the_most(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club, 99)
    with pytest.raises(StakeTooHigh):
        await track.bets(jane, meeting, emma, 25)
    await track.bets(jane, meeting, emma, 24)


async def test_only_members_bet_and_only_where_the_club_plays_with_bets(track: Track) -> None:
    _, meeting, (emma, _) = await track.race()
    stranger = UserId(uuid4())
    await track.grant(stranger, 400)
    with pytest.raises(NotAMember):
        await track.bets(stranger, meeting, emma)
    with pytest.raises(MeetingNotFound):
        await track.bets(stranger, MeetingId(uuid4()), emma)
    sober = await track.club(betting=False)
    bettor = await track.member(sober)
    quiet = await track.meeting(sober)
    await track.answers(quiet, bettor, Rsvp.COMING)
    with pytest.raises(BettingNotAllowed):
        await track.bets(bettor, quiet, bettor)


async def test_a_private_club_s_meeting_is_not_there_for_strangers(track: Track) -> None:
    club = await track.club(private=True)
    meeting = await track.meeting(club)
    with pytest.raises(MeetingNotFound):
        await track.bets(UserId(uuid4()), meeting, track.host)


async def test_who_runs_backs_nobody_else_and_who_does_not_come_is_not_backed(track: Track) -> None:
    club, meeting, (emma, knightley) = await track.race()
    with pytest.raises(ConflictOfInterest):
        await track.bets(emma, meeting, knightley)
    await track.bets(emma, meeting, emma)
    with pytest.raises(NotRunning):
        await track.bets(await track.member(club), meeting, await track.member(club))
    with pytest.raises(ConflictOfInterest):
        await track.bets(emma, meeting, UNDER)
    host = await track.member(club, hosts=True)
    with pytest.raises(ConflictOfInterest):
        await track.bets(host, meeting, OVER)


async def test_the_line_is_drawn_at_the_first_bet_and_stays(track: Track) -> None:
    club, meeting, _ = await track.race(runners=4)
    jane, harriet = await track.members(club, 2)
    await track.bets(jane, meeting, OVER)
    await track.answers(meeting, jane, Rsvp.COMING)
    await track.bets(harriet, meeting, UNDER)
    assert (await track.market(meeting)).line == 3


# -- the lock ------------------------------------------------------------------------------------------


async def test_a_day_before_the_meeting_no_bet_is_taken_whether_the_process_came_by_or_not(
    track: Track,
) -> None:
    club, meeting, (emma, _) = await track.race()
    jane, harriet = await track.members(club, 2)
    bet = await track.bets(jane, meeting, emma)
    track.clock.move(timedelta(days=9))
    with pytest.raises(BettingLocked):
        await track.bets(harriet, meeting, emma)
    with pytest.raises(BettingLocked):
        await track.withdraws(jane, bet)


@pytest.mark.parametrize(
    ("percent", "finished", "because"),
    [(80, False, LockReason.FAR_AHEAD), (None, True, LockReason.FIRST_FINISH)],
)
async def test_whoever_is_far_ahead_or_has_finished_ends_the_betting(
    track: Track,
    percent: int | None,
    finished: bool,  # noqa: FBT001 - an example's value
    because: LockReason,
) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane, harriet = await track.members(club, 2)
    await track.bets(jane, meeting, emma)
    await track.reads(meeting, knightley, 79)
    assert not (await track.watch(meeting)).locked
    await track.reads(meeting, knightley, percent, finished=finished)
    with pytest.raises(BettingLocked) as refused:
        await track.bets(harriet, meeting, emma)
    assert refused.value.details == {"reason": because.value}
    assert (await track.watch(meeting)).locked
    assert (await track.market(meeting)).status is MarketStatus.LOCKED


async def test_a_locked_card_stays_locked_when_the_meeting_is_moved_later(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    track.clock.move(timedelta(days=9))
    await track.watch(meeting)
    await track.moves(meeting, timedelta(days=3))
    with pytest.raises(BettingLocked):
        await track.bets(await track.member(club), meeting, emma)


async def test_seals_are_opened_at_the_lock(track: Track) -> None:
    _, meeting, (emma, _) = await track.race()
    await track.reads(meeting, emma, 80)
    await track.watch(meeting)
    async with track.unit_of_work() as work:
        assert (await work.meetings.get(meeting)).seals_opened_at is not None


async def test_bets_at_the_very_moment_of_the_lock_are_in_or_refused_and_none_is_in_between(
    track: Track,
) -> None:
    club, meeting, (emma, _) = await track.race()
    bettors = await track.members(club, 8)
    await track.bets(bettors[0], meeting, emma, 5)
    await track.reads(meeting, emma, 79)

    async def finish() -> None:
        await track.reads(meeting, emma, finished=True)
        await track.watch(meeting)

    async def bet(reader: UserId) -> bool:
        try:
            await track.bets(reader, meeting, emma, 5)
        except BettingLocked:
            return False
        return True

    _, *taken = await asyncio.gather(finish(), *(bet(reader) for reader in bettors[1:]))
    market = await track.market(meeting)
    assert await track.balance(market.id, market=True) == 5 * (1 + sum(map(bool, taken)))
    assert not await bet(await track.member(club))


# -- what makes bets go back -----------------------------------------------------------------------------


async def test_a_horse_that_will_not_come_is_scratched_and_only_its_backers_get_their_stakes_back(
    track: Track,
) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane, harriet = await track.members(club, 2)
    await track.bets(jane, meeting, emma, 100)
    await track.bets(harriet, meeting, knightley, 100)
    await track.bets(harriet, meeting, YES, 50, about=emma)
    await track.answers(meeting, emma, Rsvp.DECLINED)
    for _ in range(2):
        await track.watch(meeting)
        await track.end_due(meeting)
    assert (await track.balance(jane), await track.balance(harriet)) == (400, 300)
    race, about = await track.markets(meeting)
    assert race.status is MarketStatus.OPEN
    assert (about.status, about.void_because) == (MarketStatus.VOIDED, VoidReason.LEFT)


async def test_after_the_lock_a_horse_that_leaves_has_lost(track: Track) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane, harriet = await track.members(club, 2)
    await track.bets(jane, meeting, emma, 100)
    await track.bets(harriet, meeting, knightley, 100)
    await track.bets(knightley, meeting, knightley, 100)
    track.clock.move(timedelta(days=9))
    await track.watch(meeting)
    await track.answers(meeting, emma, Rsvp.DECLINED)
    await track.reads(meeting, knightley, finished=True)
    await track.settle(meeting)
    assert await track.balance(jane) == 300


async def test_a_cancelled_meeting_gives_every_stake_back(track: Track) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club)
    await track.bets(jane, meeting, emma, 100)
    await track.cancels(meeting)
    with pytest.raises(MeetingIsOver):
        await track.bets(await track.member(club), meeting, emma)
    for _ in range(2):
        await track.watch(meeting)
        await track.end_due(meeting)
    assert await track.balance(jane) == 400
    assert (await track.market(meeting)).void_because is VoidReason.CANCELLED


async def test_a_meeting_moved_by_a_week_keeps_its_bets_and_moved_by_more_gives_them_back(
    track: Track,
) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club)
    await track.bets(jane, meeting, emma, 100)
    await track.moves(meeting, timedelta(days=7))
    await track.watch(meeting)
    await track.end_due(meeting)
    assert await track.balance(jane) == 300
    await track.moves(meeting, timedelta(seconds=1))
    await track.watch(meeting)
    await track.end_due(meeting)
    assert await track.balance(jane) == 400
    await track.bets(jane, meeting, emma, 50)  # for the new time
    first, second = await track.markets(meeting)
    assert (first.void_because, second.status) == (VoidReason.MOVED_TOO_FAR, MarketStatus.OPEN)
