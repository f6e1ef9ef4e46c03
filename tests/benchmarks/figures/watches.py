"""What it costs that many readers wait for a price, and how soon a price reaches one of them."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from domain.shared.ids import WatchId
from entrypoints.worker.main import CACHED
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.processor import memory, since, used
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.stand import watches
from tests.benchmarks.stand.bench import Bench

PARTS: Final = ("worker", "temporal", "postgres", "relay")
MIB: Final = 2**20


class _Cost(NamedTuple):
    """MiB, and the share of one core while nothing happens, by part."""

    memory: Mapping[str, float]
    busy: Mapping[str, float]


async def waiting(bench: Bench) -> list[Figure]:
    """Nobody looks again and again whether a price has come: who waits costs room and nothing else."""
    number, idle = bench.plan.watches, bench.plan.idle
    without = await _cost(bench)
    began = time.perf_counter()
    begun, writing = await watches.begin(bench, number)
    spent = await watches.until_all_wait(bench, begun) - began
    events, size = await watches.histories(bench, begun)
    with_them = await _cost(bench)
    later, _ = await watches.histories(bench, begun)
    woken = await _woken(bench, begun)
    return [
        Figure(
            name=f"{number:,} watches begin",
            unit="watches/s",
            ours=Run(per_second=number / spent, p50=writing.p50, p95=writing.p95, p99=writing.p99),
            how=f"{number:,} watches of as many books are written down, told to the engine by the relay, and"
            " looked at by one worker, until all wait; the times are those of writing one down. Waiting for"
            f" {idle:g} s, they cost beside none at all: {_memory(without, with_them)} more memory;"
            f" {_busy(without, with_them)}; in a sample of {watches.SAMPLE} histories"
            f" {(later - events) / idle:.3f} events a second and process. A history has {events:.0f} events"
            f" and {size / 1024:.1f} KiB; the worker keeps {CACHED:,} processes at hand and has the others"
            " told anew when they are woken.",
        ),
        Figure(
            name=f"A price reaches one of {number:,} watches",
            unit="watches/s",
            ours=woken,
            how="From the event that a store asks less than a reader waits for, written to the outbox, until"
            " that reader's watch has looked and decided; one after the other, each of another book, mostly"
            " of processes that the worker does not keep at hand.",
        ),
    ]


async def _cost(bench: Bench) -> _Cost:
    """While nothing happens."""
    stack, idle = bench.stack, bench.plan.idle
    before = used(stack, PARTS)
    await asyncio.sleep(idle)
    busy = {part: seconds / idle for part, seconds in since(before, used(stack, PARTS)).items()}
    return _Cost({part: memory(stack.pids(part)) / MIB for part in PARTS}, busy)


async def _woken(bench: Bench, begun: Sequence[WatchId]) -> Run:
    times: list[float] = []
    began = time.perf_counter()
    for place, watch_id in await _some(bench, begun):
        asked = time.perf_counter()
        await watches.price_comes(bench, place, watch_id)
        times.append(time.perf_counter() - asked)
    return Run.of(times, time.perf_counter() - began)


async def _some(bench: Bench, begun: Sequence[WatchId]) -> list[tuple[int, WatchId]]:
    """Evenly over all of them."""
    step = max(len(begun) // bench.plan.woken, 1)
    views = bench.container.adapters.watch_views()
    found = await views.some(begun[::step])
    return [(watches.place_of(watch.isbn), watch.id) for watch in found.values()]


def _memory(without: _Cost, with_them: _Cost) -> str:
    return ", ".join(
        f"{part} {with_them.memory[part] - without.memory[part]:+,.0f} MiB (of {with_them.memory[part]:,.0f})"
        for part in PARTS
    )


def _busy(without: _Cost, with_them: _Cost) -> str:
    parts = ", ".join(
        f"{part} {with_them.busy[part]:.1%} of a core instead of {without.busy[part]:.1%}" for part in PARTS
    )
    return f"while nothing happens {parts}"
