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

DATA: Final = ("postgres", "redis")
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
    _close(bench)


@asynccontextmanager
async def everything(bench: Bench) -> AsyncIterator[None]:
    """All that `octavo up` starts, and a worker for the workflows that do nothing."""
    bench.stack.start(*_WHOLE)
    start_empty_worker(bench.stack)
    yield
    _close(bench)


@asynccontextmanager
async def database_alone(_bench: Bench) -> AsyncIterator[None]:
    """For what needs nothing else."""
    yield


@asynccontextmanager
async def processes_alone(bench: Bench) -> AsyncIterator[None]:
    """What carries processes, without a door. No store is described, so none is asked."""
    bench.stack.start("temporal", "mail", "worker", "relay")
    yield
    _close(bench)
    bench.forget_watches()


def prepare(stack: Stack) -> None:
    """What every stage needs."""
    stack.start(*DATA, "migrate", "fill")


def _close(bench: Bench) -> None:
    """What was begun and not ended goes with those who began it."""
    bench.stack.kill_all_but(*DATA)
    shutil.rmtree(bench.stack.settings.home / "temporal")
    bench.forget_orders()


async def _one_checkout_each(bench: Bench) -> None:
    """So many that every process of the API has met Temporal while it answers."""
    asking = await checkouts(bench, bench.readers[:CONNECTIONS], lambda _: paper(1))
    wires = await connect(bench.stack.port, CONNECTIONS)
    await asyncio.gather(*(wire.answer(asking.again_and_again()) for wire in wires))
    for wire in wires:
        wire.close()
