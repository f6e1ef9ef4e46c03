"""What a meeting's process does for its bets until the last one is in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.bets.booking import stake_back
from application.shared.unit_of_work import UnitOfWork, Work
from domain.bets.card import RaceCard
from domain.bets.evidence import WAIT_FOR_EVIDENCE
from domain.bets.lock import LockReason, lock_reason, locks_at
from domain.bets.market import Market
from domain.bets.status import MarketKind, VoidReason
from domain.meetings.meeting import Meeting
from domain.meetings.status import MeetingStatus
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId

AT_ONCE: Final = 250  # bets given back in one transaction: a tenth of a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How a meeting and its bets stand. `over`: it was closed or cancelled; `locks_at` is the latest moment
    at which bets are locked, `evidence_until` when it is late for evidence.
    """

    locked: bool
    over: bool
    starts_at: datetime
    locks_at: datetime
    evidence_until: datetime


class WatchBets:
    """As long as bets are open: whoever is backed and will not come after all is scratched, and only these
    stakes go back; the earliest of the three conditions locks all the rest for good. A meeting that is called
    off, or moved by more than a week, makes its bets void.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, meeting_id: MeetingId) -> Outlook:
        """Harmless at any time. Raises `MeetingNotFound`."""
        while await self._scratch(meeting_id) == AT_ONCE:
            continue
        async with self._unit_of_work() as work:
            meeting = await work.meetings.get(meeting_id)
            card = await _card(work, meeting)
            await self._follow(work, meeting, card)
            await self._lock(work, meeting, card)
        return Outlook(
            locked=card.locked_at is not None,
            over=meeting.status.is_over,
            starts_at=meeting.starts_at,
            locks_at=locks_at(meeting.starts_at),
            evidence_until=meeting.starts_at + WAIT_FOR_EVIDENCE,
        )

    async def _scratch(self, meeting_id: MeetingId) -> int:
        """How many bets went back, at most so many as a transaction takes."""
        now, gone = self._clock.now(), 0
        async with self._unit_of_work() as work:
            card = await work.markets.card(meeting_id)
            if card is None or card.locked_at is not None:
                return 0
            running = await work.paddock.coming(meeting_id)
            for market in await work.markets.of_meeting(meeting_id):
                if market.kind is MarketKind.FINISHES and market.subject not in running:
                    await _condemn(work, market, VoidReason.LEFT)
                elif market.kind is MarketKind.FIRST_TO_FINISH and not market.ended:
                    names = {str(reader) for reader in running}
                    for bet in await work.bets.off(market.id, names, AT_ONCE):
                        bet.scratch(now)
                        await work.bets.save(bet)
                        await work.points.post(stake_back(bet, "Your horse does not run.", now))
                        gone += 1
        return gone

    async def _follow(self, work: Work, meeting: Meeting, card: RaceCard) -> None:
        cancelled = meeting.status is MeetingStatus.CANCELLED
        if not cancelled and card.move(meeting.starts_at):
            return
        await work.markets.save_card(card)
        reason = VoidReason.CANCELLED if cancelled else VoidReason.MOVED_TOO_FAR
        for market in await work.markets.of_meeting(meeting.id):
            await _condemn(work, market, reason)

    async def _lock(self, work: Work, meeting: Meeting, card: RaceCard) -> None:
        now = self._clock.now()
        look = await work.paddock.look(meeting.id, ())
        reason = LockReason.CLOSED if meeting.status.is_over else lock_reason(look.field, now)
        if reason is None or card.locked_at is not None:
            return
        card.lock(reason, now)
        await work.markets.save_card(card)
        meeting.open_seals(now)
        await work.meetings.save(meeting)
        for market in await work.markets.of_meeting(meeting.id):
            market.lock(now)
            await work.markets.save(market)


async def _card(work: Work, meeting: Meeting) -> RaceCard:
    found = await work.markets.card(meeting.id)
    if found is None:
        fresh = RaceCard(meeting_id=meeting.id, club_id=meeting.club_id, bet_for=meeting.starts_at)
        await work.markets.open_card(fresh)
        found = await work.markets.card(meeting.id) or fresh
    return found


async def _condemn(work: Work, market: Market, reason: VoidReason) -> None:
    market.condemn(reason)
    await work.markets.save(market)
