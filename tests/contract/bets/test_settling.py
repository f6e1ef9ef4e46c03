"""From the result to the last point."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from application.bets import end_markets
from application.bets.end_markets import BeginEnding, FinishEnding, PayShard
from domain.bets.errors import BettingLocked, ConflictOfInterest, MarketCannotMove, NothingToDispute
from domain.bets.status import OVER, UNDER, MarketStatus, VoidReason
from domain.clubs.errors import NotAHost
from domain.leaderboards.ports import LeaderboardViews
from domain.leaderboards.season import season_of
from domain.meetings.status import Rsvp
from domain.points.errors import BooksDoNotBalance
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, MeetingId, UserId
from tests.betting import Track
from tests.builders import NOON

SEASON = season_of(NOON)


async def derby(track: Track) -> tuple[ClubId, MeetingId, list[UserId], list[UserId]]:
    """The example: a, b on x 100 and 50, c on y 100, d on z 33."""
    club, meeting, horses = await track.race(runners=3)
    horses.sort()
    bettors = await track.members(club, 4)
    x, y, z = horses
    for bettor, horse, amount in zip(bettors, (x, x, y, z), (100, 50, 100, 33), strict=True):
        await track.bets(bettor, meeting, horse, amount)
    return club, meeting, horses, bettors


async def finishes(track: Track, meeting: MeetingId, *readers: UserId) -> None:
    track.clock.move(timedelta(days=5))
    for reader in readers:
        await track.reads(meeting, reader, finished=True)


async def test_a_dead_heat_pays_111_56_116_and_0(track: Track) -> None:
    _, meeting, (x, y, _), bettors = await derby(track)
    await finishes(track, meeting, x, y)
    await track.settle(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [411, 406, 416, 367]
    market = await track.market(meeting)
    assert market.status is MarketStatus.SETTLED
    assert await track.balance(market.id, market=True) == 0


async def test_each_bettor_is_told_why(track: Track) -> None:
    _, meeting, (x, y, _), _ = await derby(track)
    await finishes(track, meeting, x, y)
    await track.settle(meeting)
    market = await track.market(meeting)
    async with track.unit_of_work() as work:
        told = await work.bets.explained(market.id, 1)
    assert [result.explanation.returned for result in told] == [111, 56, 116, 0]
    assert list(told[0].explanation.words())[-1] == "You got 111: your 100 and 11."


async def test_the_leaderboards_say_what_the_books_say(track: Track, leaderboards: LeaderboardViews) -> None:
    club, meeting, (x, y, _), bettors = await derby(track)
    await finishes(track, meeting, x, y)
    await track.settle(meeting)
    for place in (club, None):
        known = {each.reader: each for each in await leaderboards.of(SEASON, place, bettors)}
        assert [known[bettor].profit for bettor in bettors] == [11, 6, 16, -33]
        assert [known[bettor].won for bettor in bettors] == [1, 1, 1, 0]
    market = await track.market(meeting)
    await track.corrects(market, None)
    await track.end_due(meeting)
    assert {each.settled for each in await leaderboards.of(SEASON, club, bettors)} == {0}


async def test_repeating_every_step_moves_nothing(track: Track, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_markets, "SHARD", 3)
    _, meeting, (x, y, _), bettors = await derby(track)
    await finishes(track, meeting, x, y)
    await track.settle(meeting)
    market = await track.market(meeting)
    for _ in range(2):
        await track.watch(meeting)
        await track.propose(meeting)
        await track.end_due(meeting)
        await track.end(market.id)
        for shard in range(2):
            await PayShard(track.unit_of_work, track.clock)(market.id, shard)
    assert [await track.balance(bettor) for bettor in bettors] == [411, 406, 416, 367]


async def test_shards_paid_twice_and_side_by_side_pay_once(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(end_markets, "SHARD", 1)
    _, meeting, (x, y, _), bettors = await derby(track)
    await finishes(track, meeting, x, y)
    await track.watch(meeting)
    await track.closes(meeting)
    await track.propose(meeting)
    track.clock.move(track.window)
    market = await track.market(meeting)
    shards = await BeginEnding(track.unit_of_work, track.clock)(market.id)
    assert shards == 4
    pay = PayShard(track.unit_of_work, track.clock)
    await asyncio.gather(*(pay(market.id, shard) for shard in (0, 1, 2, 3, 3, 2, 1, 0)))
    await FinishEnding(track.unit_of_work, track.clock)(market.id)
    assert [await track.balance(bettor) for bettor in bettors] == [411, 406, 416, 367]


async def test_a_market_does_not_end_while_points_are_left_on_it(track: Track) -> None:
    _, meeting, (x, _, _), _ = await derby(track)
    await finishes(track, meeting, x)
    await track.watch(meeting)
    await track.closes(meeting)
    await track.propose(meeting)
    track.clock.move(track.window)
    market = await track.market(meeting)
    await BeginEnding(track.unit_of_work, track.clock)(market.id)
    with pytest.raises(BooksDoNotBalance):
        await FinishEnding(track.unit_of_work, track.clock)(market.id)


async def test_nothing_is_paid_before_the_time_for_disputes_is_over(track: Track) -> None:
    _, meeting, (x, _, _), bettors = await derby(track)
    await finishes(track, meeting, x)
    await track.watch(meeting)
    await track.closes(meeting)
    await track.propose(meeting)
    track.clock.move(track.window - timedelta(seconds=1))
    await track.end_due(meeting)
    market = await track.market(meeting)
    await track.end(market.id)
    assert (await track.market(meeting)).status is MarketStatus.PROPOSED
    assert await track.balance(bettors[0]) == 300


@pytest.mark.parametrize(
    ("bettors", "reason"),
    [(2, VoidReason.TOO_FEW_BETTORS), (3, VoidReason.TOO_FEW_BACKED)],
)
async def test_where_there_is_nothing_to_win_from_each_other_everybody_gets_the_stake_back(
    track: Track, bettors: int, reason: VoidReason
) -> None:
    club, meeting, (emma, _) = await track.race()
    readers = await track.members(club, bettors)
    for reader in readers:
        await track.bets(reader, meeting, emma, 50)
    await finishes(track, meeting, emma)
    await track.settle(meeting)
    market = await track.market(meeting)
    assert (market.status, market.void_because) == (MarketStatus.VOIDED, reason)
    assert {await track.balance(reader) for reader in readers} == {400}


async def test_when_nobody_told_anything_it_is_void(track: Track) -> None:
    _, meeting, _, bettors = await derby(track)
    await track.settle(meeting)
    assert (await track.market(meeting)).void_because is VoidReason.NO_EVIDENCE
    assert {await track.balance(bettor) for bettor in bettors} == {400}


async def test_who_claims_to_have_read_faster_than_anybody_can_has_not_finished(track: Track) -> None:
    _, meeting, (x, y, _), bettors = await derby(track)
    await track.reads(meeting, x, finished=True)  # in no time
    await finishes(track, meeting, y)
    await track.settle(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [300, 350, 583, 367]


async def test_heads_are_counted_against_the_line(track: Track) -> None:
    club, meeting, horses = await track.race(runners=4)
    jane, harriet, augusta = await track.members(club, 3)
    await track.bets(jane, meeting, OVER, 30)
    await track.bets(harriet, meeting, UNDER, 20)
    await track.bets(augusta, meeting, UNDER, 10)
    track.clock.move(timedelta(days=10))
    await track.came(meeting, *horses[:3])
    await track.settle(meeting)
    assert [await track.balance(r) for r in (jane, harriet, augusta)] == [370, 420, 410]


# -- decisions -----------------------------------------------------------------------------------------


async def proposed(track: Track) -> tuple[MeetingId, list[UserId], list[UserId]]:
    _, meeting, horses, bettors = await derby(track)
    await finishes(track, meeting, horses[0])
    await track.watch(meeting)
    await track.closes(meeting)
    await track.watch(meeting)
    await track.propose(meeting)
    return meeting, horses, bettors


async def test_a_disputed_result_waits_for_a_ruling_which_is_carried_out_at_once(track: Track) -> None:
    meeting, (_, y, _), bettors = await proposed(track)
    await track.disputes(meeting, await track.market(meeting), bettors[2])
    track.clock.move(timedelta(days=3))
    await track.end_due(meeting)
    assert await track.balance(bettors[2]) == 300
    await track.rules(meeting, await track.market(meeting), {str(y)})
    await track.end_due(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [300, 350, 583, 367]


async def test_a_dispute_that_nobody_rules_on_ends_with_every_stake_back(track: Track) -> None:
    meeting, _, bettors = await proposed(track)
    await track.disputes(meeting, await track.market(meeting), bettors[2])
    track.clock.move(timedelta(days=7))
    await track.end_due(meeting)
    assert (await track.market(meeting)).void_because is VoidReason.DISPUTED
    assert {await track.balance(bettor) for bettor in bettors} == {400}


async def test_who_has_points_on_the_meeting_does_not_rule_and_members_never_do(track: Track) -> None:
    meeting, (x, _, _), bettors = await proposed(track)
    market = await track.market(meeting)
    with pytest.raises(NotAHost):
        await track.rules(meeting, market, {str(x)}, by=bettors[0])
    with pytest.raises(InvalidInput):
        await track.rules(meeting, market, {str(uuid4())})


async def test_a_host_with_points_on_it_needs_another_one(track: Track) -> None:
    club, meeting, (x, *_), _ = await derby(track)
    host = await track.member(club, hosts=True)
    await track.bets(host, meeting, x)
    await finishes(track, meeting, x)
    await track.watch(meeting)
    await track.closes(meeting)
    await track.propose(meeting)
    with pytest.raises(ConflictOfInterest):
        await track.rules(meeting, await track.market(meeting), None, by=host)


async def test_two_hosts_ruling_at_once_pay_one_result(track: Track) -> None:
    meeting, (x, y, _), bettors = await proposed(track)
    market = await track.market(meeting)

    async def ruled(winner: UserId) -> None:
        try:
            await track.rules(meeting, market, {str(winner)})
            await track.end_due(meeting)
        except NothingToDispute:
            return

    await asyncio.gather(ruled(x), ruled(y))
    await track.end_due(meeting)
    paid = [await track.balance(bettor) for bettor in bettors]
    assert paid in ([489, 444, 300, 367], [300, 350, 583, 367])


async def test_a_correction_puts_everybody_where_the_right_result_would_have(track: Track) -> None:
    meeting, (_, y, _), bettors = await proposed(track)
    with pytest.raises(MarketCannotMove):
        await track.corrects(await track.market(meeting), {str(y)})
    track.clock.move(track.window)
    await track.end_due(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [489, 444, 300, 367]
    await track.corrects(await track.market(meeting), {str(y)})
    for _ in range(2):
        await track.end_due(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [300, 350, 583, 367]
    assert (await track.market(meeting)).round == 2


async def test_a_settlement_corrected_to_void_gives_the_stakes_back(track: Track) -> None:
    meeting, _, bettors = await proposed(track)
    track.clock.move(track.window)
    await track.end_due(meeting)
    await track.corrects(await track.market(meeting), None)
    await track.end_due(meeting)
    assert {await track.balance(bettor) for bettor in bettors} == {400}


async def test_what_became_void_before_there_was_a_result_can_be_settled_after_all(track: Track) -> None:
    _, meeting, (_, y, _), bettors = await derby(track)
    await track.moves(meeting, timedelta(days=8))
    await track.watch(meeting)
    await track.end_due(meeting)
    assert {await track.balance(bettor) for bettor in bettors} == {400}
    await track.corrects(await track.market(meeting), {str(y)})
    await track.end_due(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [300, 350, 583, 367]


async def test_a_void_market_whose_place_is_taken_stays_void(track: Track) -> None:
    _, meeting, (_, y, _), bettors = await derby(track)
    await track.moves(meeting, timedelta(days=8))
    await track.watch(meeting)
    await track.end_due(meeting)
    old = await track.market(meeting)
    await track.bets(bettors[0], meeting, y, 10)
    with pytest.raises(MarketCannotMove):
        await track.corrects(old, {str(y)})


async def test_a_withdrawal_against_the_settlement_gives_back_once(track: Track) -> None:
    _, meeting, (x, y, _), bettors = await derby(track)
    async with track.unit_of_work() as work:
        market = (await work.markets.of_meeting(meeting))[0]
        bet = next(b for b in await work.bets.standing(market.id) if b.bettor == bettors[0])
    await finishes(track, meeting, x, y)

    async def withdraw() -> None:
        with pytest.raises(BettingLocked):
            await track.withdraws(bettors[0], bet)

    await asyncio.gather(track.settle(meeting), withdraw())
    assert await track.balance(bettors[0]) == 411


async def test_a_reader_who_leaves_the_club_is_paid_all_the_same(track: Track) -> None:
    club, meeting, (x, _, _), bettors = await derby(track)
    async with track.unit_of_work() as work:
        gone = await work.clubs.membership(club, bettors[0])
        assert gone is not None
        gone.leave(track.clock.now())
        await work.clubs.keep(gone)
    await track.answers(meeting, bettors[1], Rsvp.MAYBE)
    await finishes(track, meeting, x)
    await track.settle(meeting)
    assert [await track.balance(bettor) for bettor in bettors] == [489, 444, 300, 367]
