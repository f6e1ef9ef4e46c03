"""A reading club that decides, in memory and in PostgreSQL."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.votes import PostgresVoteViews
from application.shared.unit_of_work import UnitOfWork
from application.votes.cast_ballot import CastBallot, DropBallots, TakeBallotBack
from application.votes.club_prices import Prices
from application.votes.hold_vote import EndVote, OpenVote, ProposeWork
from application.votes.see_votes import ListVotes, SeeVote
from application.votes.views import VoteViews
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from tests.contract.clubs.conftest import Village, shelved, village
from tests.fakes.votes import InMemoryVoteViews
from tests.fakes.work import InMemoryUnitOfWork

__all__ = ["shelved", "village"]  # the fixtures of the clubs' own suite
AN_HOUR = timedelta(hours=1)


@dataclass
class UnknownPrices:
    """Stands for `ClubPrices`, and remembers what it was asked."""

    asked: list[tuple[list[WorkId], int]] = field(default_factory=list)

    async def __call__(self, works: list[WorkId], members: int) -> Prices:
        self.asked.append((works, members))
        return Prices({}, "Nobody knows.")


@dataclass
class Committee:
    """One club with a host, and how it votes."""

    village: Village
    views: VoteViews
    host: UserId
    club: ClubId
    prices: UnknownPrices = field(default_factory=UnknownPrices)

    def __post_init__(self) -> None:
        unit_of_work, clock = self.village.unit_of_work, self.village.clock
        self.opens = OpenVote(unit_of_work, self.village.ids, clock)
        self.proposes, self.ends = ProposeWork(unit_of_work, clock), EndVote(unit_of_work, clock)
        self.casts, self.takes_back = CastBallot(unit_of_work, clock), TakeBallotBack(unit_of_work, clock)
        self.drops = DropBallots(unit_of_work)
        self.sees = SeeVote(self.views, self.prices, clock)  # type: ignore[arg-type] # a stand-in
        self.lists = ListVotes(self.views, self.village.clubs, clock)

    async def vote(self, *works: WorkId) -> VoteId:
        return await self.opens(self.host, self.club, self.village.clock.now() + AN_HOUR, works)

    async def works(self, *titles: str) -> list[WorkId]:
        return [await self.village.work(title) for title in titles]

    async def member(self) -> UserId:
        return await self.village.member(self.club)

    async def standing(self, vote: VoteId) -> list[tuple[str, int | None]]:
        """The candidates with their approvals, as the host sees them."""
        seen = await self.sees(self.host, vote)
        return [(candidate.title, candidate.approvals) for candidate in seen.candidates]


@pytest.fixture
async def committee(village: Village, unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Committee:
    host = await village.reader()
    club = await village.club(host, private=True)
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Committee(village, InMemoryVoteViews(unit_of_work.work), host, club)
    database: Database = request.getfixturevalue("database")
    return Committee(village, PostgresVoteViews(database), host, club)
