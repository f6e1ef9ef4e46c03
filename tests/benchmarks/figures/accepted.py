"""Accepted checkouts a second with everything running: the processes take their share of the same cores."""

from collections import Counter
from typing import Final

from application.orders.follow_checkout import SEATS
from tests.benchmarks.ceilings.front_door_sql import record
from tests.benchmarks.ceilings.pgbench import pgbench
from tests.benchmarks.figures.checkouts import checkouts
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import TITLES, ebook, paper
from tests.benchmarks.stand.plan import CONNECTIONS

LONGER: Final = 2  # times the usual: one run, for the orders it leaves behind disturb a second one


async def everything_running(bench: Bench) -> list[Figure]:
    """A rush: far more orders than can be completed in the same time, so nothing comes after it."""
    loop, ours = await _rush(bench)
    ceiling = await _ceiling(bench)
    return [
        Figure(
            name="Accepted checkouts, everything running",
            unit="orders/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name="its transaction in pgbench, nothing else running",
            how="The same with Temporal, worker and relay at work on the orders as they come, every"
            " second one an e-book, each of another reader, in one run of up to"
            f" {bench.plan.seconds * LONGER:g} s. Of the orders counted, {_told(loop.counts)}. Ceiling: as"
            " for the front door alone.",
        )
    ]


async def _rush(bench: Bench) -> tuple[ClosedLoop, Run]:
    readers = bench.readers
    books = [(paper if number % 2 else ebook)(1 + number % TITLES) for number in range(len(readers))]
    asking = await checkouts(bench, readers, books.__getitem__)
    connections = CONNECTIONS + SEATS * bench.stack.settings.http.processes
    loop = ClosedLoop(asking.once, (201, 202))
    seconds = bench.plan.seconds * LONGER
    return loop, await loop.run(bench.stack.port, connections=connections, seconds=seconds)


async def _ceiling(bench: Bench) -> Run:
    bench.stack.kill_all_but("postgres", "redis")
    recording = await record(bench.container, bench.readers[0], paper(1))
    bench.forget_orders()
    settings, seconds = bench.stack.settings, bench.plan.ceiling_seconds
    return await pgbench(
        settings.database.url, recording.script(), settings.home, clients=CONNECTIONS, seconds=seconds
    )


def _told(counts: "Counter[int]") -> str:
    return f"{counts[201]:,} were told their outcome (201), {counts[202]:,} that it takes longer (202)"
