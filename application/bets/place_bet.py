"""Stake points on what will become of a meeting."""

from dataclasses import dataclass
from datetime import datetime

from application.bets.booking import stake_taken
from application.shared.unit_of_work import UnitOfWork, Work
from domain.bets.bet import Bet
from domain.bets.card import RaceCard
from domain.bets.errors import BettingNotAllowed
from domain.bets.evidence import attendance_line
from domain.bets.market import Market
from domain.bets.ports import Look
from domain.bets.rules import Parties, Pick, demand_no_conflict, demand_within_limits
from domain.bets.status import MarketKind
from domain.clubs.door import Door
from domain.meetings.errors import MeetingNotFound
from domain.meetings.meeting import Meeting
from domain.points.account import Account
from domain.shared.clock import Clock
from domain.shared.ids import BetId, IdSource, MarketId, MeetingId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class BetWish:
    """What the reader sent. `backed` is whom the bet backs or is about, None where it is about heads."""

    meeting_id: MeetingId
    pick: Pick
    backed: UserId | None
    amount: int


class PlaceBet:
    """Members of a club stake points on its meetings, one bet for each reader and market, until bets are
    locked: a day before the meeting, or when the first has read four fifths of the book or finished it.

    At most a quarter of one's points, and ten times what is usual in the club; on nothing that one can make
    come true. Points have no cash value. Stake, bet and market are one transaction.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, ids: IdSource) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._ids = ids

    async def __call__(self, bettor: UserId, wish: BetWish) -> Bet:
        """Raises `MeetingNotFound`, `NotAMember`, `MeetingIsOver`, `BettingNotAllowed`, `BettingLocked`,
        `NotRunning`, `ConflictOfInterest`, `StakeTooHigh`, `AlreadyBet` and `NotEnoughPoints`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            meeting, door = await _entered(work, wish.meeting_id, bettor)
            look = await work.paddock.look(meeting.id, [r for r in (bettor, wish.backed) if r])
            await self._demand_open(work, meeting, look, now)
            demand_no_conflict(wish.pick, bettor, _parties(wish, bettor, look, door))
            market = await self._market(work, meeting, wish.pick, look, now)
            median = await work.bets.median(meeting.club_id)
            balance = await work.points.balance(Account.of_reader(bettor))
            demand_within_limits(wish.amount, balance, median)
            bet = self._bet(market, bettor, wish, balance, now)
            await work.bets.add(bet)
            await work.points.post(stake_taken(bet))
        return bet

    async def _demand_open(self, work: Work, meeting: Meeting, look: Look, now: datetime) -> None:
        card = await work.markets.hold_card(meeting.id)
        if card is None:
            card = RaceCard(meeting_id=meeting.id, club_id=meeting.club_id, bet_for=meeting.starts_at)
            card.demand_open(look.field, now)
            await work.markets.open_card(card)
            card = await work.markets.hold_card(meeting.id) or card
        card.demand_open(look.field, now)

    async def _market(self, work: Work, meeting: Meeting, pick: Pick, look: Look, now: datetime) -> Market:
        found = await work.markets.find(meeting.id, pick.kind, pick.subject)
        if found is None:
            heads = pick.kind is MarketKind.ATTENDANCE
            found = Market(
                id=MarketId(self._ids.new()),
                meeting_id=meeting.id,
                club_id=meeting.club_id,
                kind=pick.kind,
                subject=pick.subject,
                line=attendance_line(look.coming) if heads else None,
                opened_at=now,
            )
            await work.markets.open(found)
            found = await work.markets.find(meeting.id, pick.kind, pick.subject) or found
        found.demand_open()
        return found

    def _bet(self, market: Market, bettor: UserId, wish: BetWish, balance: int, now: datetime) -> Bet:
        return Bet(
            id=BetId(self._ids.new()),
            market_id=market.id,
            meeting_id=market.meeting_id,
            club_id=market.club_id,
            bettor=bettor,
            horse=wish.pick.horse,
            amount=wish.amount,
            of_balance=balance,
            placed_at=now,
        )


async def _entered(work: Work, meeting_id: MeetingId, bettor: UserId) -> tuple[Meeting, Door]:
    meeting = await work.meetings.read(meeting_id)
    club = await work.clubs.read(meeting.club_id)
    door = club.door(await work.clubs.membership(club.id, bettor))
    door.to(MeetingNotFound).demand_member()
    meeting.demand_open()
    if not club.facts.betting:
        raise BettingNotAllowed("This club plays without bets.")
    return meeting, door


def _parties(wish: BetWish, bettor: UserId, look: Look, door: Door) -> Parties:
    return Parties(
        bettor_runs=bettor in look.running,
        backed_runs=wish.backed in look.running,
        bettor_hosts=door.is_host,
    )
