"""The life of a market in PostgreSQL while everybody who has a hand in it dies again and again: bettors in
the middle of a bet, the process in the middle of a step, and its successor while the dead one's step is
under way.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.views import BettingViews
from domain.bets.bet import Bet
from domain.bets.errors import AlreadyBet, BettingLocked, MarketCannotMove, NotRunning, StakeTooHigh
from domain.meetings.status import Rsvp
from domain.points.account import Account
from domain.shared.ids import MarketId, MeetingId, UserId
from tests.betting import Track
from tests.torture.betting.mortal import Mortal
from tests.torture.betting.verdict import Books, Heard, Verdict, judge

BETTORS, HORSES, MOST = 12, 4, 40
WORKERS = 2  # that take themselves for the only one


@dataclass
class Trial:
    """One meeting, and what its bettors were told."""

    track: Track
    seed: int
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mortal, self.chance = Mortal(self.seed), Random(self.seed)

    async def run(self) -> tuple[MeetingId, Sequence[UserId]]:
        """From the first bet to the correction of a result that was wrong."""
        track = self.track
        club, meeting, horses = await track.race(HORSES)
        bettors = await track.members(club, BETTORS)
        early, late = bettors[: BETTORS // 2], bettors[BETTORS // 2 :]
        await asyncio.gather(*(self._plays(bettor, meeting, horses) for bettor in early))
        await asyncio.gather(
            self._scratches(meeting, horses[-1]),
            *(self._plays(bettor, meeting, horses) for bettor in late),
        )
        track.clock.move(timedelta(days=5))
        await asyncio.gather(
            self._finishes(meeting, horses[0]),
            *(self._plays(bettor, meeting, horses) for bettor in bettors),
        )
        await track.closes(meeting)
        for step in (track.watch, track.propose):
            await self._by_each(lambda step=step: step(meeting))
        track.clock.move(track.window)
        await self._end(meeting)
        for market in await track.markets(meeting):
            await track.corrects(market, {str(horses[1])})
        await self._end(meeting)
        return meeting, bettors

    # -- readers -------------------------------------------------------------------------------------

    async def _plays(self, bettor: UserId, meeting: MeetingId, horses: Sequence[UserId]) -> None:
        for _ in range(2):
            horse, amount = self.chance.choice(horses), self.chance.randint(1, MOST)
            try:
                bet = await self.mortal(lambda h=horse, a=amount: self.track.bets(bettor, meeting, h, a))
            except (AlreadyBet, BettingLocked, NotRunning, StakeTooHigh):
                continue  # the first try went through, or it was too late or too much
            self.heard.append(Heard(bet.id, stands=True))
            if self.chance.random() < 1 / 2:
                await self._takes_back(bettor, bet)

    async def _takes_back(self, bettor: UserId, bet: Bet) -> None:
        try:
            await self.mortal(lambda: self.track.withdraws(bettor, bet))
        except (BettingLocked, MarketCannotMove):
            return  # locked, or scratched before
        self.heard.append(Heard(bet.id, stands=False))

    async def _scratches(self, meeting: MeetingId, horse: UserId) -> None:
        await self.track.answers(meeting, horse, Rsvp.DECLINED)
        await self._by_each(lambda: self.track.watch(meeting))

    async def _finishes(self, meeting: MeetingId, horse: UserId) -> None:
        await self.track.reads(meeting, horse, finished=True)
        await self._by_each(lambda: self.track.watch(meeting))

    # -- the meeting's process -------------------------------------------------------------------------

    async def _by_each(self, step: Callable[[], Awaitable[object]]) -> None:
        await asyncio.gather(*(self.mortal(step) for _ in range(WORKERS)))

    async def _end(self, meeting: MeetingId) -> None:
        await asyncio.gather(*(self._ends(meeting) for _ in range(WORKERS)))

    async def _ends(self, meeting: MeetingId) -> None:
        given = self.track.unit_of_work, self.track.clock
        due = await self.mortal(lambda: SeeDue(*given)(meeting))
        for market in due.markets:
            await self.mortal(lambda market=market: ReverseRound(*given)(market))
            shards = await self.mortal(lambda market=market: BeginEnding(*given)(market))
            for shard in range(shards):
                await self.mortal(lambda market=market, shard=shard: PayShard(*given)(market, shard))
            await self.mortal(lambda market=market: FinishEnding(*given)(market))


async def judged(
    track: Track,
    views: BettingViews,
    bettors: Sequence[UserId],
    heard: Sequence[Heard],
    astray: Sequence[str] = (),
) -> Verdict:
    """By what their bets and the books of their markets say."""
    bets = [
        view
        for bettor in bettors
        for view in await views.of_reader(bettor, meeting_id=None, before=None, limit=100)
    ]
    markets: set[MarketId] = {view.market.id for view in bets}
    async with track.unit_of_work() as work:
        booked = {market: await work.points.touching(Account.of_market(market), "") for market in markets}
    return judge(Books(bets, booked), heard, astray)
