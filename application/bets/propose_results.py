"""Say who won."""

from datetime import timedelta

from application.shared.unit_of_work import UnitOfWork
from domain.bets.evidence import winners
from domain.bets.status import MarketStatus, VoidReason
from domain.leaderboards.season import season_of
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId


class ProposeResults:
    """Once a host has closed the meeting, or three days after it, the evidence proposes who won, market by
    market; what it does not tell makes its market void. For a day everybody may dispute a proposal.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, window: timedelta) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._window = window

    async def __call__(self, meeting_id: MeetingId) -> None:
        """The first proposal of a market stands."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            await work.markets.card(meeting_id)
            evidence = await work.paddock.evidence(meeting_id)
            for market in await work.markets.of_meeting(meeting_id):
                if market.status is not MarketStatus.LOCKED:
                    continue
                found = winners(market.kind, evidence, subject=market.subject, line=market.line)
                market.propose(found or frozenset(), now, season=season_of(now), window=self._window)
                if found is None:
                    market.condemn(VoidReason.NO_EVIDENCE)
                await work.markets.save(market)
