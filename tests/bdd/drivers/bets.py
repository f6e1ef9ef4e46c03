"""What one person does with points and bets, in memory and over the API."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from application.bets.end_markets import BeginEnding, FinishEnding, PayShard, ReverseRound, SeeDue
from application.bets.propose_results import ProposeResults
from application.bets.watch_bets import WatchBets
from application.leaderboards.see_leaderboard import LeaderboardQuery
from application.points.pay_for_deeds import PayForReading
from application.shared.unit_of_work import UnitOfWork
from domain.leaderboards.standing import Ranking
from domain.shared.ids import BetId, ClubId, MeetingId
from entrypoints.container import Container
from entrypoints.http.bets.schemas import BetAnswer, BetBody, CardAnswer, placed
from entrypoints.http.leaderboards.schemas import LeaderboardAnswer
from entrypoints.http.points.schemas import PointsAnswer
from tests.bdd.drivers.counter import said, told
from tests.bdd.drivers.protocol import Told


class BetsInMemory:
    """Beside the other deeds of a customer in memory."""

    _use: Any
    _signed_in: Any

    async def place_bet(self, body: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            wish = said(body, BetBody).wish()
            return told(placed(await self._use.place_bet()(me.user_id, wish), wish))

    async def withdraw_bet(self, bet: str) -> None:
        async with self._signed_in() as me:
            await self._use.withdraw_bet()(me.user_id, BetId(UUID(bet)))

    async def look_at_bet(self, bet: str) -> Told:
        async with self._signed_in() as me:
            return told(BetAnswer.of(await self._use.see_bet()(BetId(UUID(bet)), me.user_id)))

    async def markets(self, meeting: str) -> Sequence[Told]:
        async with self._signed_in() as me:
            card = CardAnswer.of(await self._use.see_markets()(MeetingId(UUID(meeting)), me.user_id))
            return told(card.markets)

    async def points(self) -> int:
        async with self._signed_in() as me:
            statement = await self._use.see_points()(me, before=None, limit=1)
            return PointsAnswer.of(statement).balance

    async def points_entries(self) -> Sequence[Told]:
        async with self._signed_in() as me:
            statement = await self._use.see_points()(me, before=None, limit=100)
            return told(PointsAnswer.of(statement).entries)

    async def leaderboard(self, club: str, *, friends: bool) -> Sequence[Told]:
        async with self._signed_in() as me:
            query = LeaderboardQuery(
                reader=me.user_id,
                club_id=ClubId(UUID(club)),
                friends=friends,
                season=None,
                by=Ranking.READING,
                offset=0,
                limit=100,
            )
            return told(LeaderboardAnswer.of(await self._use.see_leaderboard()(query)).items)


class BetsOverHttp:
    """Beside the other deeds of a browser."""

    _ask: Any

    async def place_bet(self, body: Mapping[str, Any]) -> Told:
        return await self._ask("POST", "/v1/bets", body)

    async def withdraw_bet(self, bet: str) -> None:
        await self._ask("DELETE", f"/v1/bets/{bet}")

    async def look_at_bet(self, bet: str) -> Told:
        return await self._ask("GET", f"/v1/bets/{bet}")

    async def markets(self, meeting: str) -> Sequence[Told]:
        found: Sequence[Told] = (await self._ask("GET", f"/v1/meetings/{meeting}/markets"))["markets"]
        return found

    async def points(self) -> int:
        balance: int = (await self._ask("GET", "/v1/points"))["balance"]
        return balance

    async def points_entries(self) -> Sequence[Told]:
        entries: Sequence[Told] = (await self._ask("GET", "/v1/points"))["entries"]
        return entries

    async def leaderboard(self, club: str, *, friends: bool) -> Sequence[Told]:
        path = f"/v1/leaderboards?club_id={club}&by=reading&friends={str(friends).lower()}"
        items: Sequence[Told] = (await self._ask("GET", path))["items"]
        return items


async def reward_reading(container: Container, meeting: str) -> None:
    """What the relay does about everything that was told of reading."""
    pay: PayForReading = container.use_cases.pay_for_reading()
    unit_of_work: UnitOfWork = container.adapters.unit_of_work()
    async with unit_of_work() as work:
        it = await work.meetings.read(MeetingId(UUID(meeting)))
        read = await work.meetings.attendees(it.id)
    for attendee in read:
        await pay(attendee.reader, it.work_id, it.club_id, attendee.progress.credited)


async def look_after_bets(container: Container, meeting: str) -> None:
    """What the meeting's process does at the present moment."""
    use, meeting_id = container.use_cases, MeetingId(UUID(meeting))
    watch: WatchBets = use.watch_bets()
    propose: ProposeResults = use.propose_results()
    if (await watch(meeting_id)).over:
        await propose(meeting_id)
    see_due: SeeDue = use.see_due()
    reverse: ReverseRound = use.reverse_round()
    begin: BeginEnding = use.begin_ending()
    pay: PayShard = use.pay_shard()
    finish: FinishEnding = use.finish_ending()
    for market in (await see_due(meeting_id)).markets:
        await reverse(market)
        for shard in range(await begin(market)):
            await pay(market, shard)
        await finish(market)
