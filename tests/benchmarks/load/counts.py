"""What the shop counts about itself: how often it had an answer ready, and who was asked for the others."""

import re
from collections import Counter
from typing import Final

from tests.benchmarks.load.wire import body_of, connect, request

_COUNT: Final = re.compile(
    rb'^octavo_(cache_hits|cache_misses|searches)_total\{(?:layer|engine)="([^"]+)"\} ([0-9.e+]+)$',
    re.MULTILINE,
)


async def counts(port: int) -> Counter[str]:
    """`cache_hits process`, `searches typesense` and so on, of all processes together."""
    [wire] = await connect(port, 1)
    told = body_of(await wire.answer(request("GET", "/metrics")))
    wire.close()
    return Counter(
        {f"{what.decode()} {where.decode()}": round(float(n)) for what, where, n in _COUNT.findall(told)}
    )


def hit_ratio(before: Counter[str], after: Counter[str]) -> float:
    """The part of all questions since then that nobody had to be asked."""
    asked = sum(after[name] - before[name] for name in ("cache_hits process", "cache_misses process"))
    hits = sum(after[name] - before[name] for name in ("cache_hits process", "cache_hits shared"))
    return hits / asked if asked else 0.0


def answered_by(before: Counter[str], after: Counter[str]) -> str:
    """Which engines answered the others, in words."""
    searches = {
        name.partition(" ")[2].capitalize(): after[name] - before[name]
        for name in sorted(after, reverse=True)
        if name.startswith("searches ") and after[name] > before[name]
    }
    many = sum(searches.values())
    return " and ".join(f"{engine} answered {part / many:.0%}" for engine, part in searches.items())
