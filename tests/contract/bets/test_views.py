"""What is seen of bets, markets and leaderboards."""

from datetime import timedelta
from uuid import uuid4

import pytest

from application.bets.views import BettingViews
from application.shared.unit_of_work import UnitOfWork
from domain.bets.errors import BetNotFound
from domain.leaderboards.ports import LeaderboardViews
from domain.leaderboards.standing import Ranking, Standing, ranked
from domain.meetings.errors import MeetingNotFound
from domain.shared.ids import BetId, ClubId, MeetingId, UserId
from tests.betting import Track


async def test_a_market_shows_what_stands_and_what_a_point_would_return(
    track: Track, views: BettingViews
) -> None:
    club, meeting, (emma, knightley) = await track.race()
    assert (await views.card(meeting)).markets == []
    for horse, amount in ((emma, 30), (emma, 10), (knightley, 60)):
        await track.bets(await track.member(club), meeting, horse, amount)
    (shown,) = (await views.card(meeting)).markets
    assert shown.bettors == 3
    assert shown.backed == {str(emma): 40, str(knightley): 60}
    assert shown.odds == {str(emma): 250, str(knightley): 166}


async def test_a_withdrawn_bet_counts_for_nothing_and_is_still_told(
    track: Track, views: BettingViews
) -> None:
    club, meeting, (emma, _) = await track.race()
    jane = await track.member(club)
    bet = await track.bets(jane, meeting, emma, 30)
    await track.withdraws(jane, bet)
    (shown,) = (await views.card(meeting)).markets
    assert (shown.bettors, shown.backed) == (0, {})
    assert (await views.bet(bet.id)).bet.status == "withdrawn"


async def test_a_reader_s_bets_come_newest_first_a_page_at_a_time(track: Track, views: BettingViews) -> None:
    club, meeting, (emma, knightley) = await track.race()
    jane = await track.member(club, 4_000)
    made = [
        await track.bets(jane, meeting, emma),
        await track.bets(jane, meeting, "yes", about=emma),
        await track.bets(jane, meeting, "yes", about=knightley),
    ]
    first = await views.of_reader(jane, meeting_id=None, before=None, limit=2)
    rest = await views.of_reader(jane, meeting_id=meeting, before=first[-1].bet.id, limit=2)
    assert [view.bet.id for view in (*first, *rest)] == [bet.id for bet in reversed(made)]
    assert await views.of_reader(jane, meeting_id=MeetingId(uuid4()), before=None, limit=2) == []


async def test_what_is_not_there_is_not_seen(views: BettingViews) -> None:
    with pytest.raises(BetNotFound):
        await views.bet(BetId(uuid4()))
    with pytest.raises(MeetingNotFound):
        await views.club_of(MeetingId(uuid4()))


async def test_a_meeting_has_a_process_until_it_is_over_and_every_market_has_ended(
    track: Track, views: BettingViews
) -> None:
    club, meeting, (emma, _) = await track.race()
    await track.bets(await track.member(club), meeting, emma)

    async def open_still() -> bool:
        later = track.clock.now() + timedelta(minutes=1)
        before = MeetingId(type(meeting)(int=meeting.int - 1))
        return meeting in await views.unfinished(later, after=before, limit=1)

    assert await open_still()
    await track.closes(meeting)
    assert await open_still()
    await track.watch(meeting)
    await track.propose(meeting)
    await track.end_due(meeting)
    assert not await open_still()


@pytest.mark.parametrize("by", Ranking)
async def test_readers_are_ranked_as_the_core_ranks_them(
    unit_of_work: UnitOfWork, leaderboards: LeaderboardViews, by: Ranking
) -> None:
    club, season = ClubId(uuid4()), "2026-Q3"
    standings = [
        Standing(
            reader=UserId(uuid4()),
            settled=4 + n % 4,
            won=n % 3,
            staked=100 + 7 * (n % 5),
            returned=60 * (n % 6),
            brier_sum=2_000 * (n % 7),
            reading=10 * (n % 4),
        )
        for n in range(25)
    ]
    async with unit_of_work() as work:
        await work.standings.add(season, club, standings)
    expected = [place.standing for place in ranked(standings, by)]
    found = [
        *await leaderboards.best(season, club, by, offset=0, limit=7),
        *await leaderboards.best(season, club, by, offset=7, limit=50),
    ]
    assert found == expected
