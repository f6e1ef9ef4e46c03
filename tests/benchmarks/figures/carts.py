"""Books put into carts."""

import asyncio
import json
import random
import time
from itertools import cycle
from typing import Final

from adapters.redis.client import CONNECTIONS as AT_ONCE
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.closed import WARM_UP, ClosedLoop
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import TITLES, paper
from tests.benchmarks.stand.people import credentials, empty_carts
from tests.benchmarks.stand.plan import CONNECTIONS

READERS: Final = 500
BOOKS_EACH: Final = 5
CART_BYTES: Final = 700  # of a cart with five books in it
SEED: Final = 1
_HOW: Final = (
    f"`POST /v1/cart` by {READERS} readers, up to {BOOKS_EACH} books in a cart, {CONNECTIONS} connections"
    " in a closed loop; each asks PostgreSQL for session and price, and Valkey for the cart, which is"
    " written back if nobody was quicker. Ceiling: GET and SET of as many bytes by one redis-py client"
    f" with hiredis, one pair after the other in each of {AT_ONCE} tasks."
)


async def add(bench: Bench) -> list[Figure]:
    """Readers put books in."""
    ours, ceiling = await bench.beside(lambda: _ours(bench), lambda: _theirs(bench))
    return [
        Figure(
            name="Books put into carts",
            unit="requests/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name="GET and SET by one redis-py client",
            how=_HOW,
        )
    ]


async def _ours(bench: Bench) -> Run:
    readers = bench.readers[:READERS]
    await empty_carts(bench.container, readers)
    bodies = [
        json.dumps({"book_id": str(paper(number)), "qty": 1}).encode() for number in range(1, TITLES + 1)
    ]
    requests = [
        request("POST", "/v1/cart", bodies[(number * 7 + step) % TITLES], Authorization=authorization)
        for number, authorization in enumerate(credentials(bench.container, readers))
        for step in range(BOOKS_EACH)
    ]
    random.Random(SEED).shuffle(requests)
    loop = ClosedLoop(cycle(requests).__next__, (201,))
    return await loop.run(bench.stack.port, connections=CONNECTIONS, seconds=bench.plan.seconds)


async def _theirs(bench: Bench) -> Run:
    client, cart, times = bench.container.adapters.redis(), b"x" * CART_BYTES, list[float]()
    began = time.perf_counter() + WARM_UP
    until = began + bench.plan.ceiling_seconds

    async def pairs(number: int) -> None:
        key = f"benchmark:{number}"
        while (asked := time.perf_counter()) < until:
            await client.get(key)
            await client.set(key, cart)
            if asked >= began:
                times.append(time.perf_counter() - asked)

    busy_before = time.process_time()
    await asyncio.gather(*(pairs(number) for number in range(AT_ONCE)))
    busy = time.process_time() - busy_before
    return Run.of(times, bench.plan.ceiling_seconds, busy / (WARM_UP + bench.plan.ceiling_seconds))
