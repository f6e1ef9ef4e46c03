"""What runs while which figures are taken."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tests.benchmarks.ceilings.empty import start_empty_worker
from tests.benchmarks.figures.checkouts import checkouts
from tests.benchmarks.load.wire import connect
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import paper
from tests.benchmarks.stand.plan import CONNECTIONS
from tests.benchmarks.stand.stack import Stack
from tests.benchmarks.stand.static import start_static

_WHOLE: Final = ("temporal", "mail", "payments", "carrier", "worker", "api", "relay")


@asynccontextmanager
async def front_door_alone(bench: Bench) -> AsyncIterator[None]:
    """The API with PostgreSQL and Valkey. Temporal is there and frozen: whoever asks it waits in vain."""
    stack = bench.stack
    stack.start("temporal", "api")
    start_static(stack)
    await _one_checkout_each(bench)
    stack.freeze("temporal")
    bench.say(f"The API's processes: {', '.join(map(str, stack.pids('api')))}")
    yield
    stack.stop("temporal", "api", "static")
    shutil.rmtree(stack.settings.home / "temporal")  # it has begun what nobody will end
    bench.forget_orders()


@asynccontextmanager
async def everything(bench: Bench) -> AsyncIterator[None]:
    """All that `octavo up` starts, and a worker for the workflows that do nothing."""
    bench.stack.start(*_WHOLE)
    start_empty_worker(bench.stack)
    yield
    bench.stack.stop("empty", *_WHOLE)


@asynccontextmanager
async def database_alone(bench: Bench) -> AsyncIterator[None]:
    """For what needs nothing else."""
    bench.forget_orders()
    yield


def prepare(stack: Stack) -> None:
    """Servers and schema."""
    stack.start("postgres", "redis", "migrate", "fill")


async def _one_checkout_each(bench: Bench) -> None:
    """So many that every process of the API has met Temporal while it answers."""
    asking = await checkouts(bench, bench.readers[:CONNECTIONS], lambda _: paper(1))
    wires = await connect(bench.stack.port, CONNECTIONS)
    await asyncio.gather(*(wire.answer(asking.again_and_again()) for wire in wires))
    for wire in wires:
        wire.close()
