"""What runs while the search is measured, and how its books come there."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.catalogue import (
    Made,
    make_up,
    tidy,
    until_searchable,
    works,
)
from tests.benchmarks.stand.stages import DATA

_OPEN: Final = ("temporal", "typesense", "api")
_BRINGING: Final = ("relay", "indexer")


@dataclass(frozen=True, slots=True)
class Stocked:
    """The books that were made up for a size, and how many works a second became searchable."""

    made: Made
    works: int
    found_per_second: float


@asynccontextmanager
async def search_alone(bench: Bench) -> AsyncIterator[None]:
    """The API with what it searches in, and the two processes that bring changes there."""
    async with open_for_search(bench):
        await stock(bench, bench.plan.books)
        yield


@asynccontextmanager
async def open_for_search(bench: Bench) -> AsyncIterator[None]:
    """The same, before there is anything to find."""
    bench.stack.start(*_OPEN)
    yield
    bench.stack.kill_all_but(*DATA)
    shutil.rmtree(bench.stack.settings.home / "temporal")


async def stock(bench: Bench, books: int) -> Stocked:
    """Make up books until there are so many, and wait until all are searchable."""
    stack = bench.stack
    bench.say(f"making up {books:,} books …")
    before = works(stack)
    made = await make_up(stack, books)
    bench.say("bringing them into the search …")
    stack.start(*_BRINGING)
    seconds = await until_searchable(stack, bench.container.adapters.search_documents())
    tidy(stack)
    return Stocked(made, works(stack), (works(stack) - before) / seconds)


def stop_bringing(bench: Bench) -> None:
    """So that the next books are made up by a machine that does nothing else."""
    bench.stack.stop(*_BRINGING)
