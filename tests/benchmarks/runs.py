"""A whole run, stage by stage."""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Final

from entrypoints.container import Container, opened
from tests.benchmarks.figures import (
    accepted,
    bets,
    browse,
    carts,
    clubs,
    comparisons,
    completed,
    front_door,
    imports,
    index,
    outage,
    outcome,
    price_reads,
    refreshes,
    search,
    watches,
    window,
)
from tests.benchmarks.figures.completed import NotCompleted
from tests.benchmarks.figures.core_tests import core_tests
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.figures.index import NeverIndexed
from tests.benchmarks.load.closed import WrongAnswer
from tests.benchmarks.load.commands import CommandFailed
from tests.benchmarks.report.machine import machine, revision, versions
from tests.benchmarks.report.saved import Failure, Result, SavedFigure, SavedTests
from tests.benchmarks.stand import fleet
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import stock_shelves
from tests.benchmarks.stand.people import sign_up
from tests.benchmarks.stand.plan import QUICK, Plan
from tests.benchmarks.stand.search_stage import search_alone
from tests.benchmarks.stand.stack import Stack
from tests.benchmarks.stand.stages import (
    database_alone,
    everything,
    front_door_alone,
    prepare,
    processes_alone,
)

Take = Callable[[Bench], Awaitable[list[Figure]]]
Stage = Callable[[Bench], AbstractAsyncContextManager[None]]
CORE_TESTS: Final = "core_tests"
SEARCH: Final[Mapping[str, Take]] = {
    "search": search.arriving,
    "search_fast": search.kept,
    "search_uncached": search.uncached,
    "suggest": search.suggestions,
    "window": window.browse,
    "index_lag": index.lag,
    "reindex": index.reindex,
    "engine_outage": outage.search_engine,
    "cache_outage": outage.shared_cache,
}
STAGES: Final[tuple[tuple[Stage, Mapping[str, Take]], ...]] = (
    (
        front_door_alone,
        {
            "browse": browse.ready,
            "browse_304": browse.not_modified,
            "browse_pages": browse.pages,
            "browse_lists": browse.lists,
            "cart": carts.add,
            "front_door": front_door.spread,
            "hot_book": front_door.hot,
            "hot_market": bets.hot_market,
            "clubs": clubs.pages,
        },
    ),
    (
        everything,
        {
            "completed": completed.ebooks,
            "parcels": completed.papers,
            "outcome": outcome.outcome,
            "accepted": accepted.everything_running,
        },
    ),
    (
        database_alone,
        {
            "settlement": bets.settlement,
            "leaderboards": bets.leaderboards,
            "import": imports.import_books,
        },
    ),
    (database_alone, {"price_reads": price_reads.from_each_layer}),
    (
        fleet.sixty,
        {
            "compare_60": comparisons.compared,
            "refresh_60": refreshes.kept_fresh,
            "bad_weather_60": comparisons.in_bad_weather,
        },
    ),
    (fleet.two_hundred, {"compare_200": comparisons.compared, "refresh_200": refreshes.kept_fresh}),
    (processes_alone, {"watches": watches.waiting}),
    (search_alone, SEARCH),
)
NAMES: Final = (*(name for _, figures in STAGES for name in figures), CORE_TESTS)
QUICK_NAMES: Final = tuple(name for name in NAMES if name != CORE_TESTS)


async def run(stack: Stack, plan: Plan, only: Collection[str], say: Callable[[str], None]) -> Result:
    """Take the figures of these names."""
    began, before = time.monotonic(), machine()
    tests = await core_tests() if CORE_TESTS in only else None  # while nothing else runs
    found, failures = await _figures(stack, plan, only, say)
    return Result(
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        revision=revision(),
        quick=plan is QUICK,
        repetitions=plan.repetitions,
        machine=before,
        versions=versions(),
        figures=[SavedFigure.of(figure) for figure in found],
        failures=failures,
        core_tests=None if tests is None else SavedTests.of(tests),
        seconds=round(time.monotonic() - began),
    )


async def _figures(
    stack: Stack, plan: Plan, only: Collection[str], say: Callable[[str], None]
) -> tuple[list[Figure], list[Failure]]:
    prepare(stack)
    stock_shelves(stack.settings.database.url)
    found, failures = list[Figure](), list[Failure]()
    async with opened(Container(settings=stack.settings)) as container:
        bench = Bench(stack, container, await sign_up(container, plan.readers), plan, say)
        for stage, figures in STAGES:
            if wanted := {name: take for name, take in figures.items() if name in only}:
                async with stage(bench):
                    await take(wanted, bench, found, failures)
    return found, failures


async def take(
    figures: Mapping[str, Take], bench: Bench, found: list[Figure], failures: list[Failure]
) -> None:
    """One that fails does not take the others with it."""
    for name, take in figures.items():
        bench.say(f"measuring {name} …")
        try:
            found += await take(bench)
        except (WrongAnswer, CommandFailed, NotCompleted, NeverIndexed) as wrong:
            failures.append(Failure(name, str(wrong)))
