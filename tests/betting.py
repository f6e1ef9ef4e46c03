"""A club that bets: readers with points, meetings, horses, and the whole of a market's life, step by step."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from adapters.system.ids import TimeOrderedIds
from application.bets.booking import stake_taken
from application.bets.decide import CorrectMarket, DisputeMarket, RuleMarket
from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.place_bet import BetWish, PlaceBet
from application.bets.propose_results import ProposeResults
from application.bets.watch_bets import Outlook, WatchBets
from application.bets.withdraw_bet import WithdrawBet
from application.shared.unit_of_work import UnitOfWork
from domain.bets.bet import Bet
from domain.bets.market import DISPUTE_WINDOW, Market
from domain.bets.rules import Pick
from domain.bets.status import MarketKind
from domain.books.work import Work, WorkFacts
from domain.clubs.club import Club
from domain.clubs.facts import ClubFacts
from domain.clubs.standing import ClubRole
from domain.meetings.arrangements import Arrangements
from domain.meetings.attendee import Attendee
from domain.meetings.meeting import Meeting
from domain.meetings.progress import Position, Unit
from domain.meetings.schedule import Schedule
from domain.meetings.status import Rsvp, Witness
from domain.points.account import Account
from domain.points.grants import staff_grant
from domain.points.ledger import Transaction
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId, WorkId
from tests.builders import NOON
from tests.fakes.time import StandingClock

IN_TEN_DAYS = timedelta(days=10)
AT_ONCE = 500  # in one transaction
T = TypeVar("T")


@dataclass
class Track:
    """What can be done at the races."""

    unit_of_work: UnitOfWork
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))
    ids: TimeOrderedIds = field(default_factory=TimeOrderedIds)
    window: timedelta = DISPUTE_WINDOW
    host: UserId = field(default_factory=lambda: UserId(uuid4()))

    # -- who and where -------------------------------------------------------------------------------

    async def club(self, **said: bool) -> ClubId:
        facts = ClubFacts.parse(name=f"Club {uuid4().hex}", **said)
        club, owner = Club.found(
            id=ClubId(self.ids.new()),
            facts=facts,
            founder=self.host,
            display_name=None,
            at=self.clock.now(),
        )
        async with self.unit_of_work() as work:
            await work.clubs.add(club, owner)
        return club.id

    async def member(self, club_id: ClubId, points: int = 400, *, hosts: bool = False) -> UserId:
        """Somebody new in the club, with points."""
        reader = UserId(uuid4())
        await self.enrol(club_id, [reader], points, hosts=hosts)
        return reader

    async def members(self, club_id: ClubId, count: int, points: int = 400) -> list[UserId]:
        return [await self.member(club_id, points) for _ in range(count)]

    async def enrol(
        self, club_id: ClubId, readers: Sequence[UserId], points: int, *, hosts: bool = False
    ) -> None:
        """All of them are in the club, and have points."""
        for some in _by_hundreds(readers):
            async with self.unit_of_work() as work:
                club = await work.clubs.get(club_id)
                for reader in some:
                    joined = club.receive(None, reader, None, self.clock.now(), invited=True)
                    if hosts:
                        joined.take(ClubRole.HOST, self.clock.now())
                    await work.clubs.keep(joined)
                    if points:
                        await work.points.post(self._playing(reader, points))

    async def grant(self, reader: UserId, points: int) -> None:
        if points:
            async with self.unit_of_work() as work:
                await work.points.post(self._playing(reader, points))

    async def meeting(self, club_id: ClubId, starts_in: timedelta = IN_TEN_DAYS) -> MeetingId:
        work_id = WorkId(uuid4())
        meeting = Meeting.arrange(
            id=MeetingId(self.ids.new()),
            club_id=club_id,
            work_id=work_id,
            schedule=Schedule(self.clock.now() + starts_in, "Europe/London"),
            arrangements=Arrangements(),
            by=self.host,
            at=self.clock.now(),
        )
        async with self.unit_of_work() as work:
            await work.works.add(Work(id=work_id, facts=WorkFacts(title="Emma", authors=(str(work_id),))))
            await work.meetings.add(meeting)
        return meeting.id

    async def race(self, runners: int = 2) -> tuple[ClubId, MeetingId, list[UserId]]:
        """A club, its next meeting, and those who come to it."""
        club = await self.club()
        meeting = await self.meeting(club)
        horses = await self.members(club, runners)
        for horse in horses:
            await self.answers(meeting, horse, Rsvp.COMING)
        return club, meeting, horses

    async def answers(self, meeting: MeetingId, reader: UserId, rsvp: Rsvp) -> None:
        async with self.unit_of_work() as work:
            attendee = await work.meetings.attendee(meeting, reader)
            attendee = attendee or Attendee.arriving(meeting, reader, self.clock.now())
            attendee.answer(rsvp, self.clock.now())
            await work.meetings.keep(attendee)

    async def reads(
        self, meeting: MeetingId, reader: UserId, percent: int | None = None, *, finished: bool = False
    ) -> None:
        position = None if percent is None else Position.told(Unit.PERCENT, percent, None)
        async with self.unit_of_work() as work:
            attendee = await work.meetings.attendee(meeting, reader)
            assert attendee is not None
            attendee.note_progress(position, self.clock.now(), finished=finished, pages=200)
            await work.meetings.keep(attendee)

    async def came(self, meeting: MeetingId, *readers: UserId) -> None:
        async with self.unit_of_work() as work:
            for reader in readers:
                attendee = await work.meetings.attendee(meeting, reader)
                attendee = attendee or Attendee.arriving(meeting, reader, self.clock.now())
                attendee.note_attendance(Witness.HOST, self.clock.now(), attended=True)
                await work.meetings.keep(attendee)

    async def moves(self, meeting: MeetingId, by: timedelta) -> None:
        async with self.unit_of_work() as work:
            it = await work.meetings.get(meeting)
            it.reschedule(Schedule(it.starts_at + by, "Europe/London"), self.clock.now())
            await work.meetings.save(it)

    async def cancels(self, meeting: MeetingId) -> None:
        async with self.unit_of_work() as work:
            it = await work.meetings.get(meeting)
            it.cancel(self.clock.now())
            await work.meetings.save(it)

    async def closes(self, meeting: MeetingId) -> None:
        """It begins, and is over."""
        async with self.unit_of_work() as work:
            it = await work.meetings.get(meeting)
            self.clock.at = max(self.clock.at, it.starts_at)
            it.close(self.clock.now())
            await work.meetings.save(it)

    # -- bets ----------------------------------------------------------------------------------------

    async def bets(
        self,
        bettor: UserId,
        meeting: MeetingId,
        horse: UserId | str,
        amount: int = 10,
        *,
        about: UserId | None = None,
    ) -> Bet:
        """On a reader in the race; "yes" or "no" `about` somebody; "over" or "under"."""
        race = not isinstance(horse, str)
        kind = MarketKind.FIRST_TO_FINISH if race else MarketKind.FINISHES if about else MarketKind.ATTENDANCE
        backed = UserId(UUID(str(horse))) if race else about
        wish = BetWish(
            meeting_id=meeting,
            pick=Pick(kind=kind, horse=str(horse), subject=about),
            backed=backed,
            amount=amount,
        )
        return await PlaceBet(self.unit_of_work, self.clock, self.ids)(bettor, wish)

    async def crowd(self, like: Bet, horses: Sequence[UserId], count: int) -> Sequence[UserId]:
        """So many bets beside that one, each of somebody new, as if it had come through the front door."""
        bettors = [UserId(uuid4()) for _ in range(count)]
        for some in _by_hundreds(list(enumerate(bettors))):
            async with self.unit_of_work() as work:
                for number, bettor in some:
                    horse, amount = str(horses[number % len(horses)]), like.amount + number % 17
                    bet = replace(like, id=BetId(self.ids.new()), bettor=bettor, horse=horse, amount=amount)
                    await work.points.post(self._playing(bettor, bet.of_balance))
                    await work.bets.add(bet)
                    await work.points.post(stake_taken(bet))
        return bettors

    async def withdraws(self, bettor: UserId, bet: Bet) -> Bet:
        return await WithdrawBet(self.unit_of_work, self.clock)(bettor, bet.id)

    async def balance(self, of: UserId | MarketId, *, market: bool = False) -> int:
        account = Account.of_market(MarketId(of)) if market else Account.of_reader(UserId(of))
        async with self.unit_of_work() as work:
            return await work.points.balance(account)

    async def markets(self, meeting: MeetingId) -> Sequence[Market]:
        async with self.unit_of_work() as work:
            return await work.markets.of_meeting(meeting)

    async def market(self, meeting: MeetingId) -> Market:
        (one,) = await self.markets(meeting)
        return one

    def _playing(self, reader: UserId, points: int) -> Transaction:
        return staff_grant(f"by-hand:{uuid4()}", reader, points, "to play with", self.clock.now())

    # -- what the meeting's process does ---------------------------------------------------------------

    async def watch(self, meeting: MeetingId) -> Outlook:
        return await WatchBets(self.unit_of_work, self.clock)(meeting)

    async def propose(self, meeting: MeetingId) -> None:
        await ProposeResults(self.unit_of_work, self.clock, self.window)(meeting)

    async def end_due(self, meeting: MeetingId) -> None:
        for market in (await SeeDue(self.unit_of_work, self.clock)(meeting)).markets:
            await self.end(market)

    async def end(self, market: MarketId) -> None:
        await ReverseRound(self.unit_of_work, self.clock)(market)
        for shard in range(await BeginEnding(self.unit_of_work, self.clock)(market)):
            await PayShard(self.unit_of_work, self.clock)(market, shard)
        await FinishEnding(self.unit_of_work, self.clock)(market)

    async def settle(self, meeting: MeetingId) -> None:
        """From the lock to the last point: the meeting is closed, and nobody disputes."""
        await self.watch(meeting)
        await self.closes(meeting)
        await self.watch(meeting)
        await self.propose(meeting)
        self.clock.move(self.window)
        await self.end_due(meeting)

    # -- decisions -------------------------------------------------------------------------------------

    async def disputes(self, meeting: MeetingId, market: Market, by: UserId) -> None:
        await DisputeMarket(self.unit_of_work, self.clock)(meeting, market.id, by)

    async def rules(
        self, meeting: MeetingId, market: Market, winners: Collection[str] | None, *, by: UserId | None = None
    ) -> None:
        await RuleMarket(self.unit_of_work, self.clock)(
            meeting, market.id, by or self.host, winners, staff=False
        )

    async def corrects(self, market: Market, winners: Collection[str] | None) -> None:
        clerk = UserId(uuid4())
        await CorrectMarket(self.unit_of_work, self.clock)(market.id, clerk, winners)


def _by_hundreds(of: Sequence[T]) -> Iterator[Sequence[T]]:
    return (of[start : start + AT_ONCE] for start in range(0, len(of), AT_ONCE))
