"""What one search costs, whoever pays: how that grows with the catalogue is the question of its size."""

from collections.abc import Mapping
from typing import Final

from tests.benchmarks.figures.search import LOOP
from tests.benchmarks.load.closed import ClosedLoop
from tests.benchmarks.load.processor import since, used
from tests.benchmarks.load.wire import request
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.questions import in_turn, known_works, questions, search_path

PARTS: Final = ("api", "typesense", "postgres", "redis")


async def costs(bench: Bench) -> Mapping[str, float]:
    """Milliseconds of processor for a search that no cache answers, by part."""
    asked = [
        request("GET", search_path(question), cache_control="no-cache")
        for question in questions(known_works(bench.stack.settings.database.url))
    ]
    ask = in_turn(asked)
    await ClosedLoop(ask).run(bench.stack.port, connections=LOOP, seconds=bench.plan.seconds)  # warm by then
    loop, before = ClosedLoop(ask, warm_up=0.0), used(bench.stack, PARTS)
    await loop.run(bench.stack.port, connections=LOOP, seconds=2 * bench.plan.seconds)
    searches = loop.counts.total()
    return {
        part: 1000 * seconds / searches for part, seconds in since(before, used(bench.stack, PARTS)).items()
    }
