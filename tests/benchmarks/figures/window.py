"""The shop window of a large shop: many lists, many pages, the popular ones over and over."""

from typing import Final

import psycopg

from tests.benchmarks.figures.browse import LISTS
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.figures.search import LOOP
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.counts import counts, hit_ratio
from tests.benchmarks.load.open import OpenLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.benchmarks.stand.questions import zipf

VISITS: Final = 2_000  # a second, arriving whether or not the shop keeps up
PAGES: Final = 5_000  # books
_POPULAR: Final = "SELECT id FROM books WHERE withdrawn_at IS NULL ORDER BY sold DESC, id LIMIT %s"
_CATEGORIES: Final = "SELECT slug FROM categories ORDER BY position, slug"


async def browse(bench: Bench) -> list[Figure]:
    """As many as a busy shop meets."""
    lists, pages = _addresses(bench)
    asked = [request("GET", path) for path in (*lists, *pages)]
    ask = zipf(asked)

    async def visits() -> Run:
        loop = OpenLoop(ask, (200,))
        return await loop.run(
            bench.stack.port, connections=CONNECTIONS, rate=VISITS, seconds=bench.plan.arrivals_for / 2
        )

    filling = ClosedLoop(ask, (200,))
    await filling.run(bench.stack.port, connections=LOOP, seconds=bench.plan.arrivals_for)
    before = await counts(bench.stack.port)
    ours = await bench.repeated(visits)
    ratio = hit_ratio(before, await counts(bench.stack.port))
    return [
        Figure(
            name=f"Browse, {VISITS:,} a second",
            unit="requests/s",
            ours=ours,
            how=f"{len(lists):,} lists (`GET /v1/books?category=…&sort=…`, every category in every order) and"
            f" {len(pages):,} pages of books (`/v1/books/{{book_id}}`), asked for with Zipf's frequencies."
            f" {VISITS:,} arrive each second on schedule; {ratio:.0%} were ready.",
            targets=(Target(Measure.P95, 0.100),),
        )
    ]


def _addresses(bench: Bench) -> tuple[list[str], list[str]]:
    with psycopg.connect(bench.stack.settings.database.url) as connection:
        categories = [row[0] for row in connection.execute(_CATEGORIES)]
        books = [row[0] for row in connection.execute(_POPULAR, [PAGES])]
    front = [f"/v1/books?sort={sort}" for sort in LISTS]
    shelves = [f"/v1/books?category={slug}&sort={sort}" for slug in categories for sort in LISTS]
    return [*front, *shelves], [f"/v1/books/{book}" for book in books]
