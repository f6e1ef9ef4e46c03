"""Bets, markets, race cards and standings in memory."""

from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median_low

from application.bets.views import BetView, CardView, MarketView
from domain.bets.bet import Bet, BetStatus
from domain.bets.card import RaceCard
from domain.bets.errors import AlreadyBet, BetNotFound, MarketNotFound
from domain.bets.evidence import WAIT_FOR_EVIDENCE, Evidence, Runner
from domain.bets.lock import Field
from domain.bets.market import Market
from domain.bets.odds import odds
from domain.bets.ports import Look, Result
from domain.bets.rules import MEDIAN_FROM
from domain.bets.status import MarketKind, MarketStatus
from domain.leaderboards.standing import Ranking, Standing, ranked
from domain.meetings.progress import WHOLE
from domain.meetings.status import MeetingStatus, Rsvp
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId
from tests.fakes.clubs import InMemoryMeetings

LATELY = 100


class InMemoryMarkets:
    """The `Markets` port."""

    def __init__(self) -> None:
        self.cards: dict[MeetingId, RaceCard] = {}
        self.kept: dict[MarketId, Market] = {}
        self.events: list[DomainEvent] = []

    async def hold_card(self, meeting_id: MeetingId) -> RaceCard | None:
        return deepcopy(self.cards.get(meeting_id))

    async def card(self, meeting_id: MeetingId) -> RaceCard | None:
        return deepcopy(self.cards.get(meeting_id))

    async def open_card(self, card: RaceCard) -> None:
        self.cards.setdefault(card.meeting_id, deepcopy(card))

    async def save_card(self, card: RaceCard) -> None:
        self.cards[card.meeting_id] = deepcopy(card)

    async def open(self, market: Market) -> None:
        if await self.find(market.meeting_id, market.kind, market.subject) is None:
            self.kept[market.id] = deepcopy(market)

    async def find(self, meeting_id: MeetingId, kind: MarketKind, subject: UserId | None) -> Market | None:
        found = [
            it
            for it in self.kept.values()
            if (it.meeting_id, it.kind, it.subject) == (meeting_id, kind, subject)
            and it.status is not MarketStatus.VOIDED
        ]
        return deepcopy(found[0]) if found else None

    async def hold(self, market_id: MarketId) -> Market:
        return await self.get(market_id)

    async def get(self, market_id: MarketId) -> Market:
        if market_id not in self.kept:
            raise MarketNotFound("There is no such market.")
        return deepcopy(self.kept[market_id])

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Market]:
        mine = [deepcopy(it) for it in self.kept.values() if it.meeting_id == meeting_id]
        return sorted(mine, key=lambda it: it.id)

    async def save(self, market: Market) -> None:
        if self.kept[market.id].version != market.version:
            raise StaleVersion("The market changed since it was read; read it again.")
        market.version += 1
        self.events += market.drain_events()
        self.kept[market.id] = deepcopy(market)


class InMemoryBets:
    """The `Bets` port."""

    def __init__(self) -> None:
        self.kept: dict[BetId, Bet] = {}
        self.results: dict[tuple[BetId, int], Result] = {}

    async def add(self, bet: Bet) -> None:
        if any(it.bettor == bet.bettor for it in await self.standing(bet.market_id)):
            raise AlreadyBet("You have a bet on this market; withdraw it first.")
        self.kept[bet.id] = deepcopy(bet)

    async def get(self, bet_id: BetId) -> Bet:
        if bet_id not in self.kept:
            raise BetNotFound("There is no such bet.")
        return deepcopy(self.kept[bet_id])

    async def save(self, bet: Bet) -> None:
        self.kept[bet.id] = deepcopy(bet)

    async def standing(self, market_id: MarketId) -> Sequence[Bet]:
        on = [
            deepcopy(it)
            for it in self.kept.values()
            if it.market_id == market_id and it.status is BetStatus.STANDING
        ]
        return sorted(on, key=lambda it: it.id)

    async def bettors(self, meeting_id: MeetingId) -> Collection[UserId]:
        mine = (it for it in self.kept.values() if it.meeting_id == meeting_id)
        return {it.bettor for it in mine if it.status is BetStatus.STANDING}

    async def off(self, market_id: MarketId, running: Collection[str], limit: int) -> Sequence[Bet]:
        return [bet for bet in await self.standing(market_id) if bet.horse not in running][:limit]

    async def median(self, club_id: ClubId) -> int | None:
        lately = sorted((it for it in self.kept.values() if it.club_id == club_id), key=lambda it: it.id)
        amounts = [it.amount for it in lately[-LATELY:]]
        return median_low(amounts) if len(amounts) >= MEDIAN_FROM else None

    async def explain(self, results: Sequence[Result]) -> Collection[BetId]:
        new = {(it.bet, it.round): it for it in results if (it.bet, it.round) not in self.results}
        self.results |= new
        return {bet for bet, _ in new}

    async def explained(self, market_id: MarketId, round_: int) -> Sequence[Result]:
        on = await self.standing(market_id)
        return [self.results[bet.id, round_] for bet in on if (bet.id, round_) in self.results]


class InMemoryStandings:
    """The `Standings` and the `LeaderboardViews` port in one."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, ClubId | None], dict[UserId, Standing]] = {}

    async def add(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        self._change(season, club_id, changes, 1)

    async def take_back(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        self._change(season, club_id, changes, -1)

    async def best(
        self, season: str, club_id: ClubId | None, by: Ranking, *, offset: int, limit: int
    ) -> Sequence[Standing]:
        known = self.kept.get((season, club_id), {}).values()
        return [place.standing for place in ranked(known, by)][offset : offset + limit]

    async def of(self, season: str, club_id: ClubId | None, readers: Sequence[UserId]) -> Sequence[Standing]:
        known = self.kept.get((season, club_id), {})
        return [known[reader] for reader in readers if reader in known]

    def _change(self, season: str, club_id: ClubId, changes: Sequence[Standing], sign: int) -> None:
        for place in (club_id, None):
            known = self.kept.setdefault((season, place), {})
            for it in changes:
                before = known.get(it.reader, Standing(reader=it.reader))
                known[it.reader] = replace(
                    before,
                    settled=before.settled + sign * it.settled,
                    won=before.won + sign * it.won,
                    staked=before.staked + sign * it.staked,
                    returned=before.returned + sign * it.returned,
                    brier_sum=before.brier_sum + sign * it.brier_sum,
                    reading=before.reading + sign * it.reading,
                )


@dataclass(frozen=True)
class InMemoryPaddock:
    """The `Paddock` port over the very meetings that use cases write."""

    meetings: InMemoryMeetings

    async def look(self, meeting_id: MeetingId, at: Collection[UserId]) -> Look:
        known = await self.meetings.attendees(meeting_id)
        coming = await self.coming(meeting_id)
        field = Field(
            starts_at=self.meetings.kept[meeting_id].starts_at,
            furthest=max((it.progress.high_water for it in known), default=0),
            finished=any(it.progress.finished_at for it in known),
        )
        return Look(field=field, running=frozenset(coming) & frozenset(at), coming=len(coming))

    async def coming(self, meeting_id: MeetingId) -> Collection[UserId]:
        return {it.reader for it in await self.meetings.attendees(meeting_id) if it.rsvp is Rsvp.COMING}

    async def evidence(self, meeting_id: MeetingId) -> Evidence:
        known = await self.meetings.attendees(meeting_id)
        heads = [it.attended for it in known if it.attended is not None]
        return Evidence(
            starts_at=self.meetings.kept[meeting_id].starts_at,
            came=sum(heads) if heads else None,
            runners=[
                Runner(
                    reader=it.reader,
                    reported=it.progress.noted_at is not None,
                    finished_at=it.progress.finished_at if it.progress.credited == WHOLE else None,
                    attended=it.attended,
                )
                for it in sorted(known, key=lambda it: it.reader)
                if it.rsvp is Rsvp.COMING
            ],
        )

    async def attended(self, reader: UserId, *, since: datetime, until: datetime) -> int:
        return sum(
            since <= self.meetings.kept[of].starts_at < until
            and self.meetings.kept[of].status is not MeetingStatus.CANCELLED
            for (of, who), it in self.meetings.known.items()
            if who == reader and it.attended
        )


@dataclass(frozen=True)
class InMemoryBettingViews:
    """The `BettingViews` port over the very bets that use cases write."""

    markets: InMemoryMarkets
    bets: InMemoryBets
    meetings: InMemoryMeetings

    async def club_of(self, meeting_id: MeetingId) -> ClubId:
        return (await self.meetings.get(meeting_id)).club_id

    async def card(self, meeting_id: MeetingId) -> CardView:
        views = []
        for market in await self.markets.of_meeting(meeting_id):
            stakes = [bet.stake for bet in await self.bets.standing(market.id)]
            backed: dict[str, int] = {}
            for stake in stakes:
                backed[stake.horse] = backed.get(stake.horse, 0) + stake.amount
            views.append(MarketView(market=market, bettors=len(stakes), backed=backed, odds=odds(stakes)))
        return CardView(await self.markets.card(meeting_id), views)

    async def bet(self, bet_id: BetId) -> BetView:
        bet = await self.bets.get(bet_id)
        market = await self.markets.get(bet.market_id)
        told = self.bets.results.get((bet_id, market.round))
        return BetView(bet=bet, market=market, explanation=told.explanation if told else None)

    async def of_reader(
        self, reader: UserId, *, meeting_id: MeetingId | None, before: BetId | None, limit: int
    ) -> Sequence[BetView]:
        mine = [
            it.id
            for it in self.bets.kept.values()
            if it.bettor == reader
            and meeting_id in {None, it.meeting_id}
            and (before is None or it.id < before)
        ]
        return [await self.bet(bet_id) for bet_id in sorted(mine, reverse=True)[:limit]]

    async def unfinished(self, now: datetime, *, after: MeetingId | None, limit: int) -> Sequence[MeetingId]:
        ahead = {
            it.id
            for it in self.meetings.kept.values()
            if not it.status.is_over and it.starts_at > now - WAIT_FOR_EVIDENCE
        }
        left = {it.meeting_id for it in self.markets.kept.values() if not it.ended}
        known = (it.id for it in self.meetings.kept.values() if it.scheduled_at < now)
        return sorted(it for it in known if it in ahead | left and (after is None or it > after))[:limit]
