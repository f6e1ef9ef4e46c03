"""Searches while what they lean on is frozen, thawed, killed, and comes back without its data."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.counts import answered_by, counts
from tests.benchmarks.load.open import OpenLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.benchmarks.stand.questions import in_turn, known_works, questions, search_path, zipf
from tests.benchmarks.stand.stack import Stack

UNCACHED: Final = 50  # searches a second that reach an engine
CACHED: Final = 200  # searches a second, the popular ones over and over
# Of the whole run: all is well for one eighth, it is frozen for two, well for one, away for two, then
# back and empty.
FROZEN, THAWED, KILLED, BACK = (eighths / 8 for eighths in (1, 3, 4, 6))
_STORY: Final = (
    "After an eighth of the time it is frozen (SIGSTOP), after three eighths it goes on, after half it is"
    " killed, after six eighths it comes back without its data. Every answer is a 200."
)


async def search_engine(bench: Bench) -> list[Figure]:
    """Typesense fails; PostgreSQL answers."""
    every = _questions(bench)
    asked = [request("GET", search_path(question), cache_control="no-cache") for question in every]
    before = await counts(bench.stack.port)
    ours = await _while_it_fails(bench, "typesense", "typesense", in_turn(asked), UNCACHED)
    by = answered_by(before, await counts(bench.stack.port))
    return [
        _figure(
            "Search while Typesense fails",
            ours,
            f"`GET /v1/search?q=…` with `Cache-Control: no-cache`, {UNCACHED} a second on schedule. {_STORY}"
            f" {by}.",
        )
    ]


async def shared_cache(bench: Bench) -> list[Figure]:
    """Valkey fails; answers are kept in each process alone."""
    ask = zipf([request("GET", search_path(question)) for question in _questions(bench)])
    ours = await _while_it_fails(bench, "redis", "valkey", ask, CACHED)
    return [
        _figure(
            "Search while Valkey fails",
            ours,
            f"`GET /v1/search?q=…` with Zipf's frequencies, {CACHED} a second on schedule. {_STORY}",
        )
    ]


async def _while_it_fails(bench: Bench, part: str, folder: str, ask: Callable[[], bytes], rate: int) -> Run:
    seconds = bench.plan.arrivals_for
    load = OpenLoop(ask, (200,)).run(bench.stack.port, connections=CONNECTIONS, rate=rate, seconds=seconds)
    run, _ = await asyncio.gather(load, _fail(bench.stack, part, bench.stack.settings.home / folder, seconds))
    return run


async def _fail(stack: Stack, part: str, data: Path, seconds: float) -> None:
    def empty() -> None:
        shutil.rmtree(data)
        stack.start(part)

    story = (
        (FROZEN, lambda: stack.freeze(part)),
        (THAWED, lambda: stack.thaw(part)),
        (KILLED, lambda: stack.kill(part)),
        (BACK, empty),
    )
    passed = 0.0
    for moment, happens in story:
        await asyncio.sleep((moment - passed) * seconds)
        await asyncio.to_thread(happens)
        passed = moment


def _questions(bench: Bench) -> Sequence[str]:
    return questions(known_works(bench.stack.settings.database.url))


def _figure(name: str, ours: Run, how: str) -> Figure:
    return Figure(name=name, unit="searches/s", ours=ours, how=how, targets=(Target(Measure.P95, 0.300),))
