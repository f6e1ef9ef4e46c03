"""What the shop counts about itself: how often it had an answer ready."""

import re
from collections import Counter
from typing import Final

from tests.benchmarks.load.wire import body_of, connect, request

_COUNT: Final = re.compile(
    rb'^octavo_cache_(hits|misses)_total\{layer="([^"]+)"\} ([0-9.e+]+)$', re.MULTILINE
)


async def cache_counts(port: int) -> Counter[str]:
    """`process hits`, `shared misses` and so on, of all processes together."""
    [wire] = await connect(port, 1)
    told = body_of(await wire.answer(request("GET", "/metrics")))
    wire.close()
    return Counter(
        {f"{layer.decode()} {what.decode()}": round(float(n)) for what, layer, n in _COUNT.findall(told)}
    )


def hit_ratio(before: Counter[str], after: Counter[str]) -> float:
    """The part of all questions since then that nobody had to be asked."""
    asked = (
        after["process hits"] + after["process misses"] - before["process hits"] - before["process misses"]
    )
    hits = sum(after[name] - before[name] for name in ("process hits", "shared hits"))
    return hits / asked if asked else 0.0
