"""How far the index is behind the catalogue, and how long it takes to build it anew."""

import asyncio
import random
import sys
import time
from itertools import count
from typing import Final
from uuid import UUID

import psycopg

from application.books.revise_book import Revision
from application.search.query import Filters, Wanted
from domain.shared.ids import BookId
from domain.shared.money import Money
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.commands import said_by
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import on_schedule
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.catalogue import until_searchable, works

CHANGES: Final = 200  # a second
WATCHED: Final = 20  # one change in so many is looked for
LOOK_EVERY: Final = 0.05  # seconds: what is measured is that much too long at most
GIVEN_UP: Final = 60.0  # seconds
SEED: Final = 1
_DEAR: Final = 50_000_000  # minor units: no book costs that much, so a price names one change
_SOME: Final = "SELECT id FROM books WHERE withdrawn_at IS NULL AND isbn > '9792' ORDER BY isbn LIMIT 20000"


class NeverIndexed(Exception):
    """A change that did not reach the index."""


async def lag(bench: Bench) -> list[Figure]:
    """From the moment a price was changed until the engine finds the book by its new price."""
    books, numbers = _books(bench), count(_DEAR)
    change, engine = bench.container.use_cases.revise_book(), bench.container.adapters.search_engine()
    lags, looking = list[float](), set[asyncio.Task[None]]()

    async def look_for(price: int, since: float) -> None:
        wanted = Wanted(filters=Filters(price_min=price, price_max=price), limit=1)
        while not (await engine.find(wanted)).total:
            if time.perf_counter() - since > GIVEN_UP:
                raise NeverIndexed(f"A change was not found within {GIVEN_UP:.0f} s.")
            await asyncio.sleep(LOOK_EVERY)
        lags.append(time.perf_counter() - since)

    async def reprice() -> None:
        price = next(numbers)
        await change(BookId(books[price % len(books)]), Revision(price=Money(price, "USD")), None)
        if price % WATCHED == 0:
            looking.add(asyncio.create_task(look_for(price, time.perf_counter())))

    changes = await on_schedule(reprice, rate=CHANGES, seconds=bench.plan.arrivals_for / 2)
    await asyncio.gather(*looking)
    await until_searchable(bench.stack, bench.container.adapters.search_documents())
    return [
        Figure(
            name=f"Index lag at {CHANGES} changes a second",
            unit="changes/s",
            ours=Run.of(lags, len(lags) / changes.per_second, changes.generator),
            how=f"Prices of {len(books):,} books are changed on schedule by the shop's own use case; every"
            f" {WATCHED}th change is looked for in Typesense every {LOOK_EVERY * 1000:.0f} ms, from its"
            " commit until it is found. Outbox, relay, indexer and the import into the engine are in it.",
            targets=(Target(Measure.P95, 2.0),),
        )
    ]


async def reindex(bench: Bench) -> list[Figure]:
    """The whole index beside the one that is searched."""
    many, began = works(bench.stack), time.perf_counter()
    await said_by(sys.executable, "-m", "entrypoints.cli", "reindex", environment=bench.stack.environment)
    spent = time.perf_counter() - began
    return [
        Figure(
            name="Reindex",
            unit="works/s",
            ours=Run(per_second=many / spent, p50=spent, p95=spent, p99=spent),
            how=f"`octavo reindex` of {many:,} works, from the start of the command to its end; its duration"
            " stands for p50 to p99.",
        )
    ]


def _books(bench: Bench) -> list[UUID]:
    with psycopg.connect(bench.stack.settings.database.url) as connection:
        books = [row[0] for row in connection.execute(_SOME)]
    random.Random(SEED).shuffle(books)
    return books
