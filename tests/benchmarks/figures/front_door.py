"""Accepted checkouts a second, the front door alone: nothing else runs, orders wait in the outbox."""

from typing import Final

from application.orders.follow_checkout import SEATS
from tests.benchmarks.ceilings.front_door_sql import READERS, Recording, record
from tests.benchmarks.ceilings.pgbench import pgbench
from tests.benchmarks.figures.checkouts import checkouts
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import TITLES, paper
from tests.benchmarks.stand.plan import CONNECTIONS

ACCEPTED: Final = (201, 202)
_CEILING: Final = "its transaction in pgbench"
_HOW: Final = (
    "`POST /v1/checkout` of carts with one paperback, each with a fresh `Idempotency-Key`, in a closed"
    " loop. The worker and the relay are not started and Temporal is frozen (SIGSTOP), so every answer is"
    f" 202 and the orders wait in the outbox. {CONNECTIONS} connections are answered at once; as many more"
    f" as the shop has seats for waiting ({SEATS} for each process) are waiting there for an outcome, in"
    " vain, for 2 s each. Ceiling: the statements of that one transaction, taken down from the shop"
    f" itself, in pgbench (`-M prepared`, {CONNECTIONS} clients, the same server)."
)


async def spread(bench: Bench) -> list[Figure]:
    """Over a thousand books."""
    ours, ceiling = await _both(bench, hot=False)
    return [
        Figure(
            name="Accepted checkouts, front door alone",
            unit="orders/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name=_CEILING,
            how=f"{_HOW} The orders are spread over {TITLES:,} books.",
            targets=(Target(Measure.RATE, 500), Target(Measure.RATIO, 0.35)),
        )
    ]


async def hot(bench: Bench) -> list[Figure]:
    """Everybody wants the same book."""
    ours, ceiling = await _both(bench, hot=True)
    return [
        Figure(
            name="Accepted checkouts, all of one book",
            unit="orders/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name=_CEILING,
            how="The same, but all orders are for one book: each in turn locks the same row of stock.",
        )
    ]


async def _both(bench: Bench, *, hot: bool) -> tuple[Run, Run]:
    recording = await record(bench.container, bench.readers[0], paper(1))
    try:
        return await bench.beside(lambda: _ours(bench, hot=hot), lambda: _theirs(bench, recording, hot=hot))
    finally:
        bench.forget_orders()


async def _ours(bench: Bench, *, hot: bool) -> Run:
    bench.forget_orders()
    readers = bench.readers[:READERS]
    asking = await checkouts(bench, readers, lambda number: paper(1 if hot else 1 + number * 7 % TITLES))
    connections = CONNECTIONS + SEATS * bench.stack.settings.http.processes
    return await ClosedLoop(asking.again_and_again, ACCEPTED).run(
        bench.stack.port, connections=connections, seconds=bench.plan.seconds
    )


async def _theirs(bench: Bench, recording: Recording, *, hot: bool) -> Run:
    bench.forget_orders()
    settings = bench.stack.settings
    return await pgbench(
        settings.database.url,
        recording.script(hot=hot),
        settings.home,
        clients=CONNECTIONS,
        seconds=bench.plan.ceiling_seconds,
    )
