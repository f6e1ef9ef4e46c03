"""What it takes to remember the prices of many books, and to find them again."""

import random
from collections import Counter
from typing import Final

from domain.prices.memory import Layer
from domain.shared.isbn import Isbn
from tests.benchmarks.figures.price_reads import AT_ONCE
from tests.benchmarks.load.tasks import insisting
from tests.benchmarks.report.saved import Numbers, TrackedPrices
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.tracked import STORES, isbn_of, track, written

SEED: Final = 1


async def tracked(bench: Bench, before: int, books: int) -> TrackedPrices:
    """Prices of `books` books, of which so many were there `before`."""
    url, memory = bench.stack.settings.database.url, bench.container.adapters.price_memory()
    bench.say(f"remembering what {STORES} stores told of each …")
    spent = track(url, before + 1, books)
    chance, layers = random.Random(SEED), Counter[Layer]()

    async def recall() -> None:
        layers[(await memory.recall(_popular(chance, books))).layer] += 1

    run = await insisting(recall, at_once=AT_ONCE, seconds=2 * bench.plan.seconds)
    told = await bench.container.adapters.redis().info("memory")
    return TrackedPrices(
        written=round((books - before) * STORES / spent),
        disk=round(written(url) / 2**20),
        valkey=round(told["used_memory"] / 2**20),
        reads=Numbers.of(run),
        layers={layer.value: round(layers[layer] / layers.total(), 3) for layer in Layer},
    )


def _popular(chance: random.Random, books: int) -> Isbn:
    """The n-th book is asked for 1/n as often as the first (Zipf)."""
    return isbn_of(min(int((books + 1) ** chance.random()), books))
