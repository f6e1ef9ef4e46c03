"""How long a reader waits for the outcome of a checkout while others come and go."""

from functools import partial
from typing import Final

from tests.benchmarks.ceilings.empty import run_empty
from tests.benchmarks.figures.checkouts import checkouts
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.open import OpenLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import on_schedule
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import TITLES, ebook, paper
from tests.benchmarks.stand.plan import CONNECTIONS

RATE: Final = 10.0  # a second
WARM_UP: Final = 1.0  # seconds of arrivals that do not count


async def outcome(bench: Bench) -> list[Figure]:
    """Ten readers a second, each with one book."""
    seconds = bench.plan.arrivals_for
    loop, ours = await _checkouts(bench, seconds)
    client = await bench.container.adapters.temporal().client()
    ceiling = await on_schedule(partial(run_empty, client), rate=RATE, seconds=seconds / 2)
    return [
        Figure(
            name=f"Outcome of a checkout at {RATE:g} orders/s",
            unit="orders/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name="an empty workflow at the same rate",
            by_time=True,
            how=f"`POST /v1/checkout` until its answer: {RATE:g} arrive each second for {seconds:g} s on a"
            " schedule that does not wait for answers, and each is timed from the moment it was due."
            f" Every second book is an e-book. {loop.counts[201]} of {loop.counts.total()} were told the"
            " outcome (201), the others that it takes longer than 2 s (202). Ceiling: a workflow that"
            " does nothing, from its start to its result, at the same rate; the ratio is that of p95.",
            targets=(Target(Measure.P95, 0.5),),
        )
    ]


async def _checkouts(bench: Bench, seconds: float) -> tuple[OpenLoop, Run]:
    warm_up, readers = round(RATE * WARM_UP), bench.readers[: round(RATE * (seconds + WARM_UP))]
    books = [(paper if number % 2 else ebook)(1 + number % TITLES) for number in range(len(readers))]
    for some in (slice(0, warm_up), slice(warm_up, None)):
        asking = await checkouts(bench, readers[some], books[some].__getitem__)
        loop = OpenLoop(asking.again_and_again, (201, 202))
        took = seconds if some.start else WARM_UP
        run = await loop.run(bench.stack.port, connections=CONNECTIONS, rate=RATE, seconds=took)
    return loop, run
