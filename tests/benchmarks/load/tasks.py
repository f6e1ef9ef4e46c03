"""Work that is no HTTP request, so many at a time or on schedule."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from tests.benchmarks.load.statistics import Run, arrivals

Work = Callable[[], Awaitable[None]]


async def all_done(works: Sequence[Work], *, at_once: int) -> Run:
    """Until all are done, never more than `at_once` at a time."""
    left, times = iter(works), list[float]()

    async def one_after_the_other() -> None:
        for work in left:
            began = time.perf_counter()
            await work()
            times.append(time.perf_counter() - began)

    began, busy_before = time.perf_counter(), time.process_time()
    await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    spent = time.perf_counter() - began
    return Run.of(times, spent, (time.process_time() - busy_before) / spent)


async def insisting(work: Callable[[], Awaitable[object]], *, at_once: int, seconds: float) -> Run:
    """`at_once` do it again and again; the first tenth of the time does not count."""
    began, times = time.perf_counter() + seconds / 10, list[float]()
    until, busy_before = began + seconds, time.process_time()

    async def again_and_again() -> None:
        while (asked := time.perf_counter()) < until:
            await work()
            if asked >= began:
                times.append(time.perf_counter() - asked)

    await asyncio.gather(*(again_and_again() for _ in range(at_once)))
    busy = time.process_time() - busy_before
    return Run.of(times, seconds, busy / (time.perf_counter() - began + seconds / 10))


async def on_schedule(work: Work, *, rate: float, seconds: float) -> Run:
    """`rate` begin each second, however long they take; each is timed from when it was due."""
    began, busy_before, times = time.perf_counter(), time.process_time(), list[float]()

    async def one(due: float) -> None:
        await asyncio.sleep(began + due - time.perf_counter())
        await work()
        times.append(time.perf_counter() - began - due)

    await asyncio.gather(*(one(due) for due in arrivals(rate, seconds)))
    spent = time.perf_counter() - began
    return Run.of(times, spent, (time.process_time() - busy_before) / spent)
