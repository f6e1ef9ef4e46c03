"""The figures of the search, and what prices take up, at growing sizes: `octavo bench --books`."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from entrypoints.container import Container, opened
from tests.benchmarks.figures.costs import PARTS, costs
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.figures.tracked import tracked
from tests.benchmarks.load.processor import memory
from tests.benchmarks.report.growth import Growth, Size
from tests.benchmarks.report.machine import machine, revision, versions
from tests.benchmarks.report.saved import Failure, SavedFigure
from tests.benchmarks.runs import SEARCH, take
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.plan import Plan
from tests.benchmarks.stand.search_stage import open_for_search, stock, stop_bringing
from tests.benchmarks.stand.stack import Stack
from tests.benchmarks.stand.stages import prepare

SMALLEST: Final = 10_000  # books
STEP: Final = 10  # times as many


async def run_growth(stack: Stack, plan: Plan, largest: int, say: Callable[[str], None]) -> Growth:
    """From the smallest size to the largest."""
    began, before = time.monotonic(), machine()
    prepare(stack)
    async with opened(Container(settings=stack.settings)) as container:
        bench = Bench(stack, container, [], plan, say)
        async with open_for_search(bench):
            each = sizes_up_to(largest)
            sizes = [await _size(bench, before, books) for before, books in pairwise((0, *each))]
    return Growth(
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        revision=revision(),
        repetitions=plan.repetitions,
        seconds=round(time.monotonic() - began),
        machine=before,
        versions=versions(),
        sizes=sizes,
    )


def sizes_up_to(largest: int) -> list[int]:
    """10,000, 100,000 and so on; the largest as it was wished for."""
    sizes = []
    size = SMALLEST
    while size < largest:
        sizes.append(size)
        size *= STEP
    return [*sizes, largest]


async def _size(bench: Bench, before: int, books: int) -> Size:
    stocked = await stock(bench, books)
    found, failures = list[Figure](), list[Failure]()
    bench.say("measuring what a search costs …")
    spent = await costs(bench)
    kept = {part: memory(bench.stack.pids(part)) / 2**20 for part in PARTS}
    await take(SEARCH, bench, found, failures)
    stop_bringing(bench)
    prices = await tracked(bench, before, books)
    return Size(
        books=books,
        works=stocked.works,
        made=round(stocked.made.books / stocked.made.seconds),
        made_in=round(stocked.made.memory / 2**20),
        found=round(stocked.found_per_second),
        costs={part: round(ms, 3) for part, ms in spent.items()},
        memory={part: round(mib) for part, mib in kept.items()},
        figures=[SavedFigure.of(figure) for figure in found],
        failures=failures,
        prices=prices,
    )
