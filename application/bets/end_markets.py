"""Pay the winners, or give every stake back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.bets.booking import round_key, shared_out
from application.shared.unit_of_work import UnitOfWork
from domain.bets.bet import Bet
from domain.bets.errors import MarketCannotMove
from domain.bets.explanation import Explanation, explain, explain_void
from domain.bets.market import Market
from domain.bets.parimutuel import Settlement, settle, void_reason
from domain.bets.ports import Result
from domain.bets.status import MarketStatus, VoidReason
from domain.leaderboards.standing import Standing, brier, implied
from domain.points.account import Account
from domain.points.errors import BooksDoNotBalance
from domain.shared.clock import Clock
from domain.shared.ids import MarketId, MeetingId

# Bets paid in one transaction: a quarter of a second. Each reads all bets of the market to work out its part,
# so smaller ones cost a large market more: ten thousand in shards of 250 took two and a half times as long.
SHARD: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be ended now, and when to look again for the rest; None: there is no rest. How many have
    ended, and how.
    """

    markets: Sequence[MarketId]
    look_again_at: datetime | None
    settled: int
    voided: int


class SeeDue:
    """A market is ended when the time for disputes is over or somebody has ruled, and at once when it is
    void. A dispute that nobody ruled on within a week makes it void.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, meeting_id: MeetingId) -> Due:
        """Reads only."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            every = await work.markets.of_meeting(meeting_id)
        left = [market for market in every if not market.ended]
        due = [market.id for market in left if market.is_due(now)]
        later = [market.settles_at for market in left if market.settles_at and not market.is_due(now)]
        return Due(
            markets=due,
            look_again_at=min(later, default=None),
            settled=sum(market.status is MarketStatus.SETTLED for market in every),
            voided=sum(market.status is MarketStatus.VOIDED for market in every),
        )


class BeginEnding:
    """What keeps a market from being settled is said before the first point moves, and nobody changes the
    result from here on: then every shard sees the same.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, market_id: MarketId) -> int:
        """How many shards there are to pay; none once it is ended. Harmless at any time."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            market = await work.markets.get(market_id)
            if market.ended or not market.is_due(now):
                return 0
            bets = await work.bets.standing(market_id)
            if market.disputed:
                market.condemn(VoidReason.DISPUTED)
            reason = void_reason([bet.stake for bet in bets], market.winners)
            if reason is not None:
                market.condemn(reason)
            market.pay()
            await work.markets.save(market)
        return -(-len(bets) // SHARD)


class PayShard:
    """Some of the bettors of a market get what they are due, with the reason why, in one transaction: the
    points, the explanations and the leaderboards agree at every moment.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, market_id: MarketId, shard: int) -> None:
        """Twice is once."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            market = await work.markets.hold(market_id)
            if not market.paying:
                return
            bets = await work.bets.standing(market_id)
            of_shard = bets[shard * SHARD : (shard + 1) * SHARD]
            results = _results(market, bets, of_shard)
            new = await work.bets.explain(results)
            if len(new) < len(results):  # all of them were told before, in the same transaction as these
                return
            paid = shared_out(market, shard, {r.bettor: r.explanation.returned for r in results}, now)
            if paid is not None:
                await work.points.post(paid)
            if changes := _counting(results):
                await work.standings.add(_season(market), market.club_id, changes)


class FinishEnding:
    """A market is settled or void when nothing stands on it any more."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, market_id: MarketId) -> None:
        """Twice is once. Raises `BooksDoNotBalance` while points are left."""
        async with self._unit_of_work() as work:
            market = await work.markets.get(market_id)
            if market.paying:
                if await work.points.balance(Account.of_market(market_id)):
                    raise BooksDoNotBalance(f"Points are left on market {market_id}.")
                if market.void_because is not None:
                    market.void(self._clock.now())
                else:
                    market.settle(self._clock.now())
                await work.markets.save(market)


class ReverseRound:
    """Before a corrected market is settled anew, everything that its last round moved is reversed, entry for
    entry; on the leaderboards, too.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, market_id: MarketId) -> None:
        """Twice is once."""
        async with self._unit_of_work() as work:
            market = await work.markets.get(market_id)
            if market.round == 1 or market.ended or market.paying:
                return
            before = market.round - 1
            prefix = f"{round_key(market, before)}:"
            undone = False
            for paid in await work.points.touching(Account.of_market(market_id), prefix):
                if paid.reverses is None:
                    undone |= await work.points.post(
                        paid.reverse("The result was corrected.", self._clock.now())
                    )
            changes = _counting(await work.bets.explained(market_id, before)) if undone else []
            if changes:
                await work.standings.take_back(_season(market), market.club_id, changes)


def _results(market: Market, bets: Sequence[Bet], of_shard: Sequence[Bet]) -> list[Result]:
    if market.void_because is not None:
        pool = sum(bet.amount for bet in bets)
        return [
            _result(market, bet, explain_void(bet.stake, pool, market.void_because), 0) for bet in of_shard
        ]
    settlement = settle([bet.stake for bet in bets], market.winners)
    on = _backing(bets)
    return [_settled(market, bet, settlement, on) for bet in of_shard]


def _settled(market: Market, bet: Bet, settlement: Settlement, on: Mapping[str, int]) -> Result:
    believed = implied(bet.amount, bet.of_balance, on[bet.horse], settlement.pool)
    score = brier(believed, won=bet.horse in market.winners)
    return _result(market, bet, explain(bet.stake, settlement), score)


def _result(market: Market, bet: Bet, explanation: Explanation, score: int) -> Result:
    return Result(bet=bet.id, bettor=bet.bettor, round=market.round, explanation=explanation, brier=score)


def _backing(bets: Sequence[Bet]) -> dict[str, int]:
    on: dict[str, int] = {}
    for bet in bets:
        on[bet.horse] = on.get(bet.horse, 0) + bet.amount
    return on


def _counting(results: Sequence[Result]) -> list[Standing]:
    """For the leaderboards; what was void is not counted."""
    return [_change(result) for result in results if result.explanation.void is None]


def _season(market: Market) -> str:
    """Of a market that had a result."""
    if market.season is None:
        raise MarketCannotMove("The market has no result that could be counted.")
    return market.season


def _change(result: Result) -> Standing:
    told = result.explanation
    return Standing(
        reader=result.bettor,
        settled=1,
        won=int(told.won),
        staked=told.stake,
        returned=told.returned,
        brier_sum=result.brier,
    )
