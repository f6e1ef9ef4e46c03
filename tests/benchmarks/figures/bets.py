"""Bets into one market, its settlement, and what a leaderboard costs as readers come."""

import json
import time
from datetime import timedelta
from typing import Final
from uuid import UUID

import psycopg

from application.bets.end_markets import BeginEnding, FinishEnding, PayShard
from domain.bets.status import MarketStatus
from domain.leaderboards.standing import Ranking
from domain.meetings.status import Rsvp
from domain.shared.ids import MarketId, MeetingId, UserId
from entrypoints.container import Container
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.closed import ClosedLoop, WrongAnswer
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.people import credentials
from tests.betting import Track
from tests.fakes.time import StandingClock

CONNECTIONS: Final = 16  # readers who bet at the same moment; more only wait for each other
PLACED: Final = (201,)
STAKE: Final = 10
RICH: Final = 100_000
BETTORS: Final = (1_000, 10_000)
READERS: Final = (1_000, 1_000_000)
SEASON: Final = "1815-Q4"
PAGE: Final = 20
ASKED: Final = 200  # times
NOBODY: Final = UUID(int=0)
_SEED: Final = b"""
INSERT INTO standings (season, club_id, user_id, settled, won, staked, returned, brier_sum, reading)
SELECT %(season)s, %(club)s, gen_random_uuid(), 5 + n %% 40, n %% 5, 100 + n %% 997, n %% 1999,
       10000 + n %% 20000, n %% 100
FROM generate_series(1, %(readers)s) AS n
"""


async def hot_market(bench: Bench) -> list[Figure]:
    """Everybody bets on the same race."""
    ours = await bench.repeated(lambda: _bets(bench))
    how = (
        f"`POST /v1/bets` of {len(bench.readers):,} readers into one market, one bet each, {CONNECTIONS} at a"
        " time: stake, bet and limits in one transaction, whose last lock is the market's own account."
    )
    target = Target(Measure.RATE, 200)
    return [Figure(name="Bets into one market", unit="bets/s", ours=ours, how=how, targets=(target,))]


async def settlement(bench: Bench) -> list[Figure]:
    """From the first shard to the last."""
    return [
        Figure(
            name=f"Settlement of {bettors:,} bettors",
            unit="bettors/s",
            ours=await bench.repeated(lambda bettors=bettors: _settled(bench.container, bettors)),
            how="The steps of the meeting's process that pay a market, one after the other: points,"
            " explanations and leaderboards, shard by shard. The duration stands for p50 to p99.",
        )
        for bettors in BETTORS
    ]


async def leaderboards(bench: Bench) -> list[Figure]:
    """The first page, at growing numbers of readers."""
    figures = []
    for readers in READERS:
        _seed(bench, readers)
        figures.append(
            Figure(
                name=f"Leaderboard of {readers:,} readers",
                unit="pages/s",
                ours=await bench.repeated(lambda: _pages(bench.container)),
                how=f"The first {PAGE} places by profit, read one page after the other from PostgreSQL.",
            )
        )
    return figures


async def _bets(bench: Bench) -> Run:
    box = bench.container.adapters
    track = Track(box.unit_of_work(), StandingClock(box.clock().now()))
    club = await track.club()
    meeting = await track.meeting(club)
    horse = await track.member(club, 0)
    await track.enrol(club, [reader.user_id for reader in bench.readers], RICH)
    await _come(track, meeting, horse)
    body = json.dumps({"meeting_id": str(meeting), "horse_id": str(horse), "amount": STAKE}).encode()
    asking = iter(
        request("POST", "/v1/bets", body, Authorization=one)
        for one in credentials(bench.container, bench.readers)
    )
    loop = ClosedLoop(lambda: next(asking, None), PLACED)
    return await loop.run(bench.stack.port, connections=CONNECTIONS, seconds=bench.plan.seconds)


async def _settled(container: Container, bettors: int) -> Run:
    track = Track(container.adapters.unit_of_work(), StandingClock(container.adapters.clock().now()))
    club = await track.club()
    meeting = await track.meeting(club)
    horses = [await track.member(club, 0) for _ in range(2)]
    for horse in horses:
        await _come(track, meeting, horse)
    first = await track.bets(await track.member(club, RICH), meeting, horses[0], STAKE)
    await track.crowd(first, horses, bettors - 1)
    track.clock.move(timedelta(days=5))
    await track.reads(meeting, horses[0], finished=True)
    await track.watch(meeting)
    await track.closes(meeting)
    await track.propose(meeting)
    track.clock.move(track.window)
    began = time.perf_counter()
    await _pay(track, first.market_id)
    spent = time.perf_counter() - began
    if (await track.market(meeting)).status is not MarketStatus.SETTLED:
        raise WrongAnswer("The market was not settled.")
    return Run(per_second=bettors / spent, p50=spent, p95=spent, p99=spent)


async def _pay(track: Track, market: MarketId) -> None:
    shards = await BeginEnding(track.unit_of_work, track.clock)(market)
    pay = PayShard(track.unit_of_work, track.clock)
    for shard in range(shards):
        await pay(market, shard)
    await FinishEnding(track.unit_of_work, track.clock)(market)


async def _pages(container: Container) -> Run:
    views, times = container.adapters.leaderboards(), []
    for _ in range(ASKED):
        began = time.perf_counter()
        found = await views.best(SEASON, None, Ranking.PROFIT, offset=0, limit=PAGE)
        times.append(time.perf_counter() - began)
        if len(found) != PAGE:
            raise WrongAnswer("The leaderboard is not full.")
    return Run.of(times, sum(times))


def _seed(bench: Bench, readers: int) -> None:
    with psycopg.connect(bench.stack.settings.database.url, autocommit=True) as connection:
        connection.execute("DELETE FROM standings WHERE season = %s", (SEASON,))
        connection.execute(_SEED, {"season": SEASON, "club": NOBODY, "readers": readers})
        connection.execute("VACUUM ANALYZE standings")


async def _come(track: Track, meeting: MeetingId, horse: UserId) -> None:
    await track.answers(meeting, horse, Rsvp.COMING)
