"""Remembered prices read from each layer: this process, Valkey, PostgreSQL."""

import random
from collections.abc import Awaitable, Callable
from itertools import cycle
from typing import Final, NamedTuple

from adapters.postgres.queries import prices
from adapters.redis.prices import _told
from domain.shared.isbn import Isbn
from tests.benchmarks.ceilings.pgbench import pgbench
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import insisting
from tests.benchmarks.stand.bench import Bench, Measure
from tests.benchmarks.stand.tracked import ISBN_OF, STORES, isbn_of, track

AT_ONCE: Final = 8  # tasks, or clients of pgbench
NEAR: Final = 1_000  # books that are asked for again and again
SEED: Final = 1
Read = Callable[[Isbn], Awaitable[object]]
_HOW: Final = (
    f"What {STORES} stores told of a book is recalled by one process that does nothing else, {AT_ONCE} tasks"
    " in a closed loop:"
)


class Ceiling(NamedTuple):
    """What bounds a layer."""

    measure: Measure
    name: str


async def from_each_layer(bench: Bench) -> list[Figure]:
    """The nearest first."""
    track(bench.stack.settings.database.url, 1, bench.plan.tracked)
    try:
        return [await _process(bench), await _valkey(bench), await _postgres(bench)]
    finally:
        bench.forget_prices()


async def _process(bench: Bench) -> Figure:
    memory = bench.container.adapters.price_memory()
    plain = {isbn.value: await memory.recall(isbn) for isbn in _some(bench)}

    async def look_up(isbn: Isbn) -> object:
        return plain[isbn.value]

    return await _figure(
        bench,
        "in the process",
        memory.recall,
        Ceiling(lambda: _reads(bench, look_up), "a dictionary"),
        f"{NEAR:,} books that the process has; whether that is still true is looked at as well. Ceiling: a"
        " dictionary behind a coroutine.",
    )


async def _valkey(bench: Bench) -> Figure:
    shared, redis = bench.container.adapters.price_memory()._shared, bench.container.adapters.redis()

    async def unread(isbn: Isbn) -> object:
        return await redis.hgetall(_told(isbn))

    return await _figure(
        bench,
        "in Valkey",
        lambda isbn: shared.recall(isbn, 1),
        Ceiling(lambda: _reads(bench, unread), "HGETALL by redis-py"),
        f"{NEAR:,} books in Valkey: one script counts the question and tells what stores told, all offers"
        " are made anew. Ceiling: HGETALL of the same keys, unread.",
    )


async def _postgres(bench: Bench) -> Figure:
    settings, books = bench.stack.settings, bench.plan.tracked
    statement = prices._RECALL.text.replace("%(isbn)s", ISBN_OF.format(n="(:n::int)"))
    script = f"\\set n random(1, {books})\n{' '.join(statement.split())};\n"
    seconds = bench.plan.ceiling_seconds / 2
    return await _figure(
        bench,
        "in PostgreSQL",
        bench.container.adapters.written_prices().recall,
        Ceiling(
            lambda: pgbench(settings.database.url, script, settings.home, clients=AT_ONCE, seconds=seconds),
            "the statement in pgbench",
        ),
        f"{NEAR:,} of {books:,} books. Ceiling: the same statement for any of them in pgbench (`-M prepared`,"
        f" {AT_ONCE} clients, the same server).",
    )


async def _figure(bench: Bench, where: str, read: Read, ceiling: Ceiling, how: str) -> Figure:
    ours, theirs = await bench.beside(lambda: _reads(bench, read), ceiling.measure)
    return Figure(
        name=f"Prices read, {where}",
        unit="books/s",
        ours=ours,
        ceiling=theirs,
        ceiling_name=ceiling.name,
        how=f"{_HOW} {how}",
    )


async def _reads(bench: Bench, read: Read) -> Run:
    asked = cycle(_some(bench))
    return await insisting(lambda: read(next(asked)), at_once=AT_ONCE, seconds=bench.plan.ceiling_seconds / 2)


def _some(bench: Bench) -> list[Isbn]:
    chance = random.Random(SEED)
    return [isbn_of(number) for number in chance.sample(range(1, bench.plan.tracked + 1), NEAR)]
