"""Finding books: with answers kept ready, without, and while somebody types."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from application.search.query import Facet
from tests.benchmarks.ceilings.engine_alone import asked_of_the_engine
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.counts import answered_by, counts, hit_ratio
from tests.benchmarks.load.open import OpenLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.benchmarks.stand.questions import (
    beginnings,
    in_turn,
    known_works,
    questions,
    search_path,
    suggest_path,
    zipf,
)

SEARCHES: Final = 1_000  # a second, arriving whether or not the shop keeps up
TYPED: Final = 100  # characters a second, all readers together
FACETS: Final = (Facet.CATEGORY, Facet.FORMAT, Facet.LANGUAGE, Facet.PRICE, Facet.AVAILABILITY)
UNCACHED: Final = 1_000  # questions: each is recorded for the ceiling
LOOP: Final = 8  # connections: they keep two cores busy, and more would only wait before the engine
_KINDS: Final = (
    "titles (45 of a hundred), unfinished titles (20), authors (15), series (10) and mistyped titles (10)"
)
_LIVES: Final = "An answer is fresh for 5 s in each process and may be taken over from the others for 30 s"


async def arriving(bench: Bench) -> list[Figure]:
    """As many as a busy shop meets, the popular ones over and over."""
    asked = [request("GET", search_path(question)) for question in _questions(bench)]
    ask = zipf(asked)
    ours, ready = await _with_ratio(bench, ask, lambda: _open(bench, ask, SEARCHES))
    return [
        Figure(
            name=f"Search, {SEARCHES:,} a second",
            unit="searches/s",
            ours=ours,
            how=f"`GET /v1/search?q=…`, {len(asked):,} different questions made from the shop's own books:"
            f" {_KINDS}, asked for with Zipf's frequencies. {SEARCHES:,} arrive each second on a schedule"
            " that does not wait for answers, each is timed from the moment it was due."
            f" {_LIVES}: {ready}.",
            targets=(Target(Measure.P95, 0.100),),
        )
    ]


async def kept(bench: Bench) -> list[Figure]:
    """The same, as fast as it goes."""
    asked = [request("GET", search_path(question)) for question in _questions(bench)]
    ask = zipf(asked)
    ours, ready = await _with_ratio(bench, ask, lambda: _closed(bench.stack.port, ask, bench.plan.seconds))
    return [
        Figure(
            name="Search, as fast as it goes",
            unit="searches/s",
            ours=ours,
            how=f"The same questions by {LOOP} connections in a closed loop; {ready}.",
            targets=(Target(Measure.RATE, 1_000),),
        )
    ]


async def uncached(bench: Bench) -> list[Figure]:
    """Nothing is ready, so every question reaches the engine."""
    return [
        await _beside_the_engine(bench, "Search, not cached", ()),
        await _beside_the_engine(bench, "Search with counts, not cached", FACETS),
    ]


async def suggestions(bench: Bench) -> list[Figure]:
    """Readers type."""
    known = known_works(bench.stack.settings.database.url)
    asked = [request("GET", suggest_path(typed)) for typed in beginnings(known)]
    ask = zipf(asked)
    ours, ready = await _with_ratio(bench, ask, lambda: _open(bench, ask, TYPED))
    return [
        Figure(
            name="Suggestions",
            unit="suggestions/s",
            ours=ours,
            how=f"`GET /v1/search/suggest?q=…`, the first 2 to 12 characters of titles and names,"
            f" {len(asked):,} different beginnings with Zipf's frequencies, {TYPED} a second on schedule;"
            f" {ready}.",
            targets=(Target(Measure.P95, 0.030),),
        )
    ]


async def _beside_the_engine(bench: Bench, name: str, facets: Sequence[Facet]) -> Figure:
    every, more = _questions(bench), f"&facets={','.join(facets)}" if facets else ""
    chosen = every[:: max(1, len(every) // UNCACHED)]
    asked = [request("GET", search_path(question, more), cache_control="no-cache") for question in chosen]
    theirs = await asked_of_the_engine(bench, chosen, facets)
    port = bench.stack.settings.search.port
    before = await counts(bench.stack.port)
    ours, ceiling = await bench.beside(
        lambda: _closed(bench.stack.port, in_turn(asked), bench.plan.seconds),
        lambda: _closed(port, in_turn(theirs), bench.plan.ceiling_seconds),
    )
    by = answered_by(before, await counts(bench.stack.port))
    return Figure(
        name=name,
        unit="searches/s",
        ours=ours,
        ceiling=ceiling,
        ceiling_name="the same asked of Typesense itself",
        how=f"`GET /v1/search?q=…{more}` with `Cache-Control: no-cache`, {len(asked):,} of the questions in"
        f" turn, {LOOP} connections in a closed loop; {by}; prices and availability come from PostgreSQL."
        " Ceiling: the very requests which the shop sends to Typesense for these questions, taken down"
        " and sent to it by the same load generator.",
        targets=(Target(Measure.RATIO, 0.6),),
    )


async def _with_ratio(
    bench: Bench, ask: Callable[[], bytes], measure: Callable[[], Awaitable[Run]]
) -> tuple[Run, str]:
    """The run, and in words how many answers were ready. Before it, the caches fill as on a busy day."""
    await _closed(bench.stack.port, ask, bench.plan.arrivals_for)
    before = await counts(bench.stack.port)
    ours = await bench.repeated(measure)
    after = await counts(bench.stack.port)
    engines = answered_by(before, after)
    others = f"of the others {engines}" if engines else "and no engine was asked for the others"
    return ours, f"{hit_ratio(before, after):.0%} were ready, {others}"


def _questions(bench: Bench) -> Sequence[str]:
    return questions(known_works(bench.stack.settings.database.url))


async def _open(bench: Bench, ask: Callable[[], bytes], rate: int) -> Run:
    return await OpenLoop(ask, (200,)).run(
        bench.stack.port, connections=CONNECTIONS, rate=rate, seconds=bench.plan.arrivals_for / 2
    )


async def _closed(port: int, ask: Callable[[], bytes], seconds: float) -> Run:
    return await ClosedLoop(ask, (200,)).run(port, connections=LOOP, seconds=seconds)
