"""The races, in memory and in PostgreSQL."""

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.bets import PostgresBettingViews
from adapters.postgres.queries.leaderboards import PostgresLeaderboards
from application.bets.views import BettingViews
from application.shared.unit_of_work import UnitOfWork
from domain.leaderboards.ports import LeaderboardViews
from tests.betting import Track
from tests.fakes.bets import InMemoryBettingViews
from tests.fakes.work import InMemoryUnitOfWork


@pytest.fixture
def track(unit_of_work: UnitOfWork) -> Track:
    return Track(unit_of_work)


@pytest.fixture
def leaderboards(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> LeaderboardViews:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return unit_of_work.work.standings
    database: Database = request.getfixturevalue("database")
    return PostgresLeaderboards(database)


@pytest.fixture
def views(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> BettingViews:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        work = unit_of_work.work
        return InMemoryBettingViews(work.markets, work.bets, work.meetings)
    database: Database = request.getfixturevalue("database")
    return PostgresBettingViews(database)
