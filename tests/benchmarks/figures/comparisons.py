"""What a book costs at every bookstore: asked for the first time, and again."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import count, cycle
from statistics import median
from typing import Final

import httpx

from domain.prices.ports import Bookstore
from domain.prices.store import StoreFailed
from domain.shared.isbn import Isbn
from entrypoints.store_choice import described_bookstores, store_descriptions, store_wire
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.figures.imports import isbn
from tests.benchmarks.load.closed import ClosedLoop, WrongAnswer
from tests.benchmarks.load.follow import Followed, follow
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import all_done
from tests.benchmarks.load.wire import body_of, connect, request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.static import STATIC

VISITORS: Final = 4  # who ask for different books at the same time
FIRST: Final = 50_000_000  # numbers of books that nobody has asked for
TRIED: Final = 8  # comparisons that do not count: a shop that knows none of its stores asks more of them
BAD: Final = 0.2  # of the stores, when the weather is bad
TIMES_BEFORE: Final = 3  # that a book was asked for again before it counts as known
AT_MOST: Final = 120.0  # seconds for that
A_WHILE: Final = 1.5  # seconds: who has just been asked by the shop has forgotten it by then
_numbers: Final = count(FIRST)


async def compared(bench: Bench) -> list[Figure]:
    """With as many stores as are there."""
    stores = store_descriptions(bench.stack.settings).stores
    await _followed(bench, TRIED)
    began = time.perf_counter()
    found = await _followed(bench, bench.plan.comparisons)
    spent = time.perf_counter() - began
    ceiling = await _one_store_each(bench)
    how = (
        f"{len(found)} books that nobody has asked for, {VISITORS} at a time, at {len(stores)} stand-in"
        " bookstores in four formats, each with a limit of 1 to 10 calls a second of its own and answers that"
        " take 0.12 s in the middle; followed as server-sent events from the moment of asking."
        f" {_told(found)}. Ceiling: one call to each store, by the shop's own adapter, without turns or"
        " memory: a comparison asks several, one wave after the other."
    )
    first = [one.first for one in found if one.first is not None]
    if not first:
        raise WrongAnswer("No store told a price.")
    return [
        _cold(f"First price, {len(stores)} stores", Run.of(first, spent), ceiling, 1.0, how),
        _cold(
            f"Best price decided, {len(stores)} stores",
            Run.of([one.ended for one in found], spent),
            ceiling,
            10.0,
            "The same comparisons, until the end: nobody left is likely to be cheaper and two independent"
            " sources agree, or nobody is left.",
        ),
        await _again(bench, len(stores), found),
    ]


async def in_bad_weather(bench: Bench) -> list[Figure]:
    """A fifth of the stores is dead and a fifth slow, of which nobody was warned."""
    stores = store_descriptions(bench.stack.settings).stores
    await _weather(bench, dead=BAD, slow=BAD)
    began = time.perf_counter()
    found = await _followed(bench, bench.plan.comparisons)
    spent = time.perf_counter() - began
    await _weather(bench, dead=0.0, slow=0.0)
    best = sum(one.compared.best is not None for one in found)
    return [
        Figure(
            name=f"Best price decided, {len(stores)} stores in bad weather",
            unit="comparisons/s",
            ours=Run.of([one.ended for one in found], spent),
            how=f"{len(found)} other books, {VISITORS} at a time, from the moment at which {BAD:.0%} of the"
            f" stores are dead (cut lines, errors, refusals) and {BAD:.0%} answer ten seconds late. {best} of"
            f" them had a best price; every store is in each answer, with its offers or with why it has"
            f" none. {_told(found)}.",
            targets=(Target(Measure.P95, 10.0),),
        )
    ]


async def _weather(bench: Bench, **shares: float) -> None:
    stores = bench.stack.settings.bookstores
    key = {"Authorization": f"Bearer {stores.api_key}"}
    async with httpx.AsyncClient(base_url=stores.url, headers=key) as http:
        (await http.post("/control/weather", json=shares)).raise_for_status()


def _cold(name: str, ours: Run, ceiling: Run, longest: float, how: str) -> Figure:
    return Figure(
        name=name,
        unit="comparisons/s",
        ours=ours,
        ceiling=ceiling,
        ceiling_name="one call to one store",
        by_time=True,
        how=how,
        targets=(Target(Measure.P95, longest),),
    )


async def _again(bench: Bench, stores: int, found: Sequence[Followed]) -> Figure:
    asked = [
        request("GET", _path(one.compared.isbn), cache_control="no-cache")
        for one in found
        if one.compared.complete
    ]
    if not asked:
        raise WrongAnswer("No comparison came to a sure end.")
    [wire] = await connect(bench.stack.port, 1)
    size = len(body_of(await wire.answer(asked[0])))
    wire.close()
    ask, bare, seconds = cycle(asked), request("GET", f"/{size}"), bench.plan.ceiling_seconds
    before = iter(asked * TIMES_BEFORE)
    await ClosedLoop(lambda: next(before, None)).run(bench.stack.port, connections=VISITORS, seconds=AT_MOST)
    ours, ceiling = await bench.beside(
        lambda: ClosedLoop(ask.__next__).run(bench.stack.port, connections=VISITORS, seconds=seconds),
        lambda: ClosedLoop(lambda: bare).run(
            bench.stack.ports[STATIC], connections=VISITORS, seconds=seconds / 2
        ),
    )
    return Figure(
        name=f"Best price known, {stores} stores",
        unit="comparisons/s",
        ours=ours,
        ceiling=ceiling,
        ceiling_name="as many bytes from a bare server",
        how=f"`GET /v1/books/{{isbn}}/prices` with `Cache-Control: no-cache` for the same books, {VISITORS}"
        f" connections in a closed loop: what {stores} stores told moments ago is recalled, judged, and told"
        " anew for each request. Books for which nobody agreed are left out: their stores are asked again."
        f" Each was asked for {TIMES_BEFORE} times more before, uncounted: what the first comparisons"
        " teach of the stores, all new to the shop, makes some of them worth asking after all."
        f" Ceiling: Granian with nothing behind it, {size:,} bytes, as many processes.",
        targets=(Target(Measure.P95, 0.100),),
    )


async def _followed(bench: Bench, number: int) -> Sequence[Followed]:
    found, left = list[Followed](), [isbn(next(_numbers)) for _ in range(number)]

    async def visitor() -> None:
        while left:
            found.append(await follow(bench.stack.port, _path(left.pop())))

    await asyncio.gather(*(visitor() for _ in range(VISITORS)))
    return found


async def _one_store_each(bench: Bench) -> Run:
    await asyncio.sleep(A_WHILE)
    settings, book = bench.stack.settings, Isbn(isbn(next(_numbers)))
    wire = store_wire(settings)
    try:
        stores = described_bookstores(
            store_descriptions(settings), wire, bench.container.adapters.clock()
        ).all()

        async def ask(store: Bookstore) -> None:
            with suppress(StoreFailed):  # however it ends, it took its time
                await store.offers(book)

        return await all_done([partial(ask, store) for store in stores], at_once=VISITORS)
    finally:
        await wire.close()


def _told(found: Sequence[Followed]) -> str:
    """How it went, in words."""
    asked = median(one.compared.counts.asked for one in found)
    why = Counter(missing.why.value for one in found for missing in one.compared.missing)
    reasons = ", ".join(f"{number / len(found):.1f} {reason}" for reason, number in why.most_common())
    complete = sum(one.compared.complete for one in found) / len(found)
    return (
        f"In the middle {asked:g} stores were asked; without a part were {reasons} on average;"
        f" {complete:.0%} ended for sure"
    )


def _path(book: str) -> str:
    return f"/v1/books/{book}/prices"
