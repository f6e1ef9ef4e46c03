"""The shop window: with answers kept ready, without, and when the visitor has the answer already."""

import random
import re
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Final

import psycopg

from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import body_of, connect, request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.benchmarks.stand.static import STATIC

LISTS: Final = ("bestsellers", "new", "price", "-price", "title")
POPULAR: Final = 50  # books; with the lists, what a busy shop window shows within a second
SAMPLE: Final = 200  # answers looked at to learn their size
SEED: Final = 1  # the same visitors in every run
_ETAG: Final = re.compile(rb"\r\netag: ([^\r]+)\r\n", re.IGNORECASE)
_CEILING: Final = "bare granian, as many bytes"
_LOOP: Final = (
    f"{CONNECTIONS} connections in a closed loop. Ceiling: granian with the same settings and number of"
    " processes, answering as many bytes that it has ready."
)
_SAME: Final = "Load and ceiling as before."
_ON_SALE: Final = "SELECT id FROM books WHERE withdrawn_at IS NULL ORDER BY id"


async def ready(bench: Bench) -> list[Figure]:
    """What everybody looks at."""
    paths = [f"/v1/books?sort={sort}" for sort in LISTS]
    paths += [f"/v1/books/{book}" for book in _books(bench)[-POPULAR:]]
    weights = [1 / rank for rank in range(1, len(paths) + 1)]  # Zipf
    asked = random.Random(SEED).choices(paths, weights, k=10_000)
    return [
        await _figure(
            bench,
            "Browse, answers kept ready",
            asked,
            f"`GET /v1/books?sort=…` and `/v1/books/{{book_id}}`: {len(paths)} addresses, asked for with"
            f" Zipf's frequencies. An answer is fresh for a second in each process, shared for four. {_LOOP}",
            (Target(Measure.RATE, 2_000), Target(Measure.P95, 0.050)),
        )
    ]


async def not_modified(bench: Bench) -> list[Figure]:
    """The visitor's browser has it."""
    path = f"/v1/books/{_books(bench)[-1]}"
    [(_, tag)] = await _looked_at(bench, [path])
    return [
        await _figure(
            bench,
            "Browse, 304",
            [path],
            f"`GET /v1/books/{{book_id}}` with `If-None-Match`. {_SAME}",
            if_none_match=tag,
            status=304,
        )
    ]


async def pages(bench: Bench) -> list[Figure]:
    """Every book in turn, for visitors who want to see it as it is now."""
    books = [str(book) for book in _books(bench)]
    random.Random(SEED).shuffle(books)
    return [
        await _figure(
            bench,
            "Browse, pages of books, not cached",
            [f"/v1/books/{book}" for book in books],
            f"`GET /v1/books/{{book_id}}` with `Cache-Control: no-cache`, each of {len(books):,} books in"
            f" turn: the database is asked each time, and the answer shared. {_SAME}",
            cache_control="no-cache",
        )
    ]


async def lists(bench: Bench) -> list[Figure]:
    """Filters that nobody used a moment ago."""
    asked = [f"/v1/books?sort={sort}&price_min={price}" for sort in LISTS for price in range(200, 1_600)]
    random.Random(SEED).shuffle(asked)
    return [
        await _figure(
            bench,
            "Browse, lists of books, not cached",
            asked,
            f"`GET /v1/books?sort=…&price_min=…` with `Cache-Control: no-cache`, 20 books a page,"
            f" {len(asked):,} different questions in turn: the database is asked each time, and the answer"
            f" shared. {_SAME}",
            cache_control="no-cache",
        )
    ]


async def _figure(
    bench: Bench,
    name: str,
    paths: Sequence[str],
    how: str,
    targets: tuple[Target, ...] = (),
    *,
    status: int = 200,
    **headers: str,
) -> Figure:
    looked_at = await _looked_at(bench, random.Random(SEED).choices(paths, k=SAMPLE))
    size = 0 if status != 200 else round(sum(size for size, _ in looked_at) / len(looked_at))
    asking = _in_turn([request("GET", path, b"", **headers) for path in paths])
    bare = _in_turn([request("GET", f"/{size}")])
    ours, ceiling = await bench.beside(
        lambda: _load(bench.stack.port, asking, status, bench.plan.seconds),
        lambda: _load(bench.stack.ports[STATIC], bare, 200, bench.plan.ceiling_seconds),
    )
    return Figure(
        name=name,
        unit="requests/s",
        ours=ours,
        ceiling=ceiling,
        ceiling_name=_CEILING,
        how=f"{how} {size:,} bytes on average.",
        targets=targets,
    )


async def _load(port: int, ask: Callable[[], bytes], status: int, seconds: float) -> Run:
    return await ClosedLoop(ask, (status,)).run(port, connections=CONNECTIONS, seconds=seconds)


def _in_turn(requests: Sequence[bytes]) -> Callable[[], bytes]:
    return cycle(requests).__next__


async def _looked_at(bench: Bench, paths: Sequence[str]) -> list[tuple[int, str]]:
    """The size and the entity tag of each answer."""
    [wire] = await connect(bench.stack.port, 1)
    answers = [await wire.answer(request("GET", path)) for path in paths]
    wire.close()
    return [(len(body_of(answer)), _tag(answer)) for answer in answers]


def _tag(answer: bytes) -> str:
    found = _ETAG.search(answer)
    return found[1].decode() if found else ""


def _books(bench: Bench) -> list[str]:
    """Every book on sale; the shipped ones come last."""
    with psycopg.connect(bench.stack.settings.database.url) as connection:
        return [str(row[0]) for row in connection.execute(_ON_SALE)]
