"""Object to a result, decide it, correct it."""

from collections.abc import Collection

from application.meetings.shared import as_host, as_member
from application.shared.unit_of_work import UnitOfWork, Work
from domain.bets.errors import MarketCannotMove, MarketNotFound
from domain.bets.market import Market
from domain.bets.rules import demand_no_stake
from domain.bets.status import SIDES
from domain.leaderboards.season import season_of
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import MarketId, MeetingId, UserId


class DisputeMarket:
    """A member's objection to a proposed result goes into the books."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, meeting_id: MeetingId, market_id: MarketId, by: UserId) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `MarketNotFound`, `NothingToDispute`."""
        async with self._unit_of_work() as work:
            await as_member(work, meeting_id, by)
            market = await _of_meeting(work, meeting_id, market_id)
            market.dispute(by, self._clock.now())
            await work.markets.save(market)


class RuleMarket:
    """What a host or staff without points on the meeting decides goes into the books."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self,
        meeting_id: MeetingId,
        market_id: MarketId,
        by: UserId,
        winners: Collection[str] | None,
        *,
        staff: bool,
    ) -> None:
        """`winners` None: void. Raises `MeetingNotFound`, `NotAMember`, `NotAHost`, `MarketNotFound`,
        `ConflictOfInterest`, `NothingToDispute`, and `InvalidInput` for what cannot win.
        """
        async with self._unit_of_work() as work:
            if not staff:
                await as_host(work, meeting_id, by)
            market = await _of_meeting(work, meeting_id, market_id)
            demand_no_stake(by, await work.bets.bettors(meeting_id))
            market.rule(by, await _horses(work, market, winners), self._clock.now())
            await work.markets.save(market)


class CorrectMarket:
    """An ended market is opened again with the right result, for its process to carry out."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, market_id: MarketId, by: UserId, winners: Collection[str] | None) -> MeetingId:
        """The meeting, whose process carries it out. `winners` None: void. Raises `MarketNotFound`,
        `ConflictOfInterest`, `MarketCannotMove`, and `InvalidInput` for what cannot win.
        """
        async with self._unit_of_work() as work:
            market = await work.markets.get(market_id)
            demand_no_stake(by, await work.bets.bettors(market.meeting_id))
            taken = await work.markets.find(market.meeting_id, market.kind, market.subject)
            if taken is not None and taken.id != market.id:
                raise MarketCannotMove("Another market has taken the place of this one since.")
            now = self._clock.now()
            market.correct(by, await _horses(work, market, winners), now, season=season_of(now))
            await work.markets.save(market)
        return market.meeting_id


async def _of_meeting(work: Work, meeting_id: MeetingId, market_id: MarketId) -> Market:
    market = await work.markets.get(market_id)
    if market.meeting_id != meeting_id:
        raise MarketNotFound("There is no such market.")
    return market


async def _horses(work: Work, market: Market, winners: Collection[str] | None) -> frozenset[str] | None:
    if winners is None:
        return None
    able = SIDES.get(market.kind)
    if able is None:
        evidence = await work.paddock.evidence(market.meeting_id)
        able = frozenset(str(runner.reader) for runner in evidence.runners)
    if not winners or not able.issuperset(winners):
        raise InvalidInput("winners", "Name one or more of those that could be backed.")
    return frozenset(winners)
