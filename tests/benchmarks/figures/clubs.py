"""What members of a club look at: its page, and who stands where."""

from itertools import cycle
from typing import Final

import psycopg

from domain.leaderboards.season import season_of
from domain.shared.ids import ClubId
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.people import credentials
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.betting import Track
from tests.fakes.time import StandingClock

_READ: Final = b"""
INSERT INTO standings (season, club_id, user_id, reading)
SELECT %(season)s, %(club)s, user_id, 1 + (random() * 99)::int FROM club_members WHERE club_id = %(club)s
"""


async def pages(bench: Bench) -> list[Figure]:
    """By its members, each in turn."""
    club = await _club(bench)
    many = f"{len(bench.readers):,} members in turn, {CONNECTIONS} connections in a closed loop."
    return [
        Figure(
            name="Club pages",
            unit="pages/s",
            ours=await bench.repeated(lambda: _load(bench, f"/v1/clubs/{club}")),
            how=f"`GET /v1/clubs/{{club_id}}` with members, score, next meeting and one's own place: {many}",
        ),
        Figure(
            name="Leaderboard pages of a club",
            unit="pages/s",
            ours=await bench.repeated(lambda: _load(bench, f"/v1/leaderboards?club_id={club}&by=reading")),
            how=f"`GET /v1/leaderboards`, the first 20 of {len(bench.readers):,}: {many}",
        ),
    ]


async def _club(bench: Bench) -> ClubId:
    box = bench.container.adapters
    now = box.clock().now()
    track = Track(box.unit_of_work(), StandingClock(now))
    club = await track.club()
    await track.enrol(club, [reader.user_id for reader in bench.readers], 0)
    await track.meeting(club)
    with psycopg.connect(bench.stack.settings.database.url, autocommit=True) as connection:
        connection.execute(_READ, {"season": season_of(now), "club": club})
        connection.execute("VACUUM ANALYZE standings, club_members")
    return club


async def _load(bench: Bench, path: str) -> Run:
    known = credentials(bench.container, bench.readers)
    asking = cycle([request("GET", path, Authorization=one) for one in known])
    loop = ClosedLoop(asking.__next__)
    return await loop.run(bench.stack.port, connections=CONNECTIONS, seconds=bench.plan.seconds)
