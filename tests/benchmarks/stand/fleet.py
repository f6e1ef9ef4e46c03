"""What runs while prices are compared: the stand-in bookstores, and the API that knows them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

from entrypoints.stack.places import answers
from entrypoints.stack.shop import octavo
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.stages import DATA
from tests.benchmarks.stand.static import start_static

USUAL, MOST = 60, 200  # stores
_STORES: Final = "bookstores"


@asynccontextmanager
async def sixty(bench: Bench) -> AsyncIterator[None]:
    """As many as `octavo up` starts."""
    async with _fleet(bench, USUAL):
        yield


@asynccontextmanager
async def two_hundred(bench: Bench) -> AsyncIterator[None]:
    """As many as there are."""
    async with _fleet(bench, MOST):
        yield


@asynccontextmanager
async def _fleet(bench: Bench, stores: int) -> AsyncIterator[None]:
    stack = bench.stack
    program = octavo(_STORES, stack.values)
    port = int(stack.settings.bookstores.url.rpartition(":")[2])
    stack.start_beside(replace(program, argv=(*program.argv, "--stores", str(stores))), lambda: answers(port))
    stack.start("describe-bookstores", "api")
    start_static(stack)
    yield
    stack.kill_all_but(*DATA)
    shutil.rmtree(stack.settings.home / "stores")  # for the others there are none
    bench.forget_prices()
