"""Prices kept fresh before anybody asks, as fast as stores' limits and one process allow."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from application.prices.inquiries import Inquiries, Inquiry
from application.prices.refreshing.batch import Batch
from application.prices.refreshing.refresh_store import RefreshStore, Shift
from domain.prices.answer import Outcome
from domain.prices.estimates.budget import MINUTE, lane_a_minute
from domain.prices.store import StoreTerms
from entrypoints.container import Container, asking_stores, opened
from entrypoints.settings import Settings
from entrypoints.store_settings import MOST_REFRESHES
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.closed import WrongAnswer
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.tracked import isbn_of

FIRST: Final = 60_000_000  # numbers of books that nobody has asked for
WANTED: Final = 600  # of them: more than can be asked about in the time at any store
QUESTIONS: Final = 20  # about each, so that every one of them is worth a call
WARM_UP: Final = 8.0  # seconds: queues are filled, connections opened, stores do not begin in step


class _Timed:
    """Inquiries, and how long each took."""

    def __init__(self, inquiries: Inquiries) -> None:
        self._inquiries = inquiries
        self.times: list[float] = []

    async def __call__(self, inquiry: Inquiry) -> Outcome | None:
        began = time.perf_counter()
        outcome = await self._inquiries(inquiry)
        self.times.append(time.perf_counter() - began)
        return outcome


async def kept_fresh(bench: Bench) -> list[Figure]:
    """By the use case that a store's process carries out, without Temporal."""
    bench.forget_orders()  # whoever is behind with events refreshes nothing
    bench.stack.start("relay")
    settings = Settings.load({**bench.stack.values, "OCTAVO_STORE_REFRESHES": str(MOST_REFRESHES)})
    async with opened(Container(settings=settings)) as container, asking_stores(container):
        box = container.adapters
        wanted = {isbn_of(number): QUESTIONS for number in range(FIRST, FIRST + WANTED)}
        await box.interests().note(wanted, box.clock().now())
        stores = [store.terms for store in box.bookstores().all()]
        refresh, timed = container.use_cases.refresh_store(), _Timed(container.use_cases.inquiries())
        refresh._inquiries = timed
        seconds = bench.plan.refreshing
        keeping = asyncio.create_task(_all(refresh, stores, WARM_UP + seconds))
        await asyncio.sleep(WARM_UP)
        timed.times.clear()
        busy = time.process_time()
        await asyncio.sleep(seconds)
        times, busy = [*timed.times], time.process_time() - busy
        batches = await keeping
    bench.stack.stop("relay")
    if not times:
        raise WrongAnswer("No store was asked.")
    ours = Run.of(times, seconds, busy / seconds)
    lanes = sum(map(lane_a_minute, stores)) / MINUTE
    return [
        Figure(
            name=f"Prices kept fresh, {len(stores)} stores",
            unit="calls/s",
            ours=ours,
            ceiling=Run(per_second=lanes, p50=0.0, p95=0.0, p99=0.0),
            ceiling_name="what the stores' limits leave to refreshing",
            how=f"One process keeps {len(stores)} stand-in bookstores fresh for {seconds:g} s, with"
            f" `OCTAVO_STORE_REFRESHES={MOST_REFRESHES}` instead of three, while {WANTED:,} books are wanted:"
            " each call is picked by its worth, waits for its turn, is made, and is written down with all"
            f" that follows from it. With {WARM_UP:g} s before them that do not count, {_told(batches)};"
            f" {1000 * busy / len(times):.1f} ms of that process for each. Times"
            " are from the wish for a turn until the answer is remembered."
            " Ceiling: reckoned from the stores' limits.",
        )
    ]


async def _all(refresh: RefreshStore, stores: Sequence[StoreTerms], seconds: float) -> Sequence[Batch]:
    shift = Shift(timedelta(seconds=seconds), asyncio.Event(), lambda _: None)
    return await asyncio.gather(*(refresh(store.name, shift) for store in stores))


def _told(batches: Sequence[Batch]) -> str:
    """How it went, in words."""
    answered, failed, busy, resting = (
        sum(getattr(batch, kind) for batch in batches) for kind in ("answered", "failed", "busy", "resting")
    )
    return f"{answered} were answered, {failed} failed, {busy} found no turn and {resting} a store at rest"
