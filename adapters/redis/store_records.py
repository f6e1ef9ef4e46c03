"""The days of stores in Valkey: one hash for each store and day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from adapters.redis.scripts import Scripts
from adapters.redis.soon import Soon
from application.prices.store_records import LATENCIES, StoreDay
from domain.prices.offer import StoreName

KEPT_FOR: Final = 40 * 24 * 60 * 60  # seconds: a month's report may be asked for some days late
LONGER: Final = float("inf")

# ARGV: for how long to keep it, then what has happened once more.
NOTE: Final = """
for place = 2, #ARGV do redis.call('HINCRBY', KEYS[1], ARGV[place], 1) end
return redis.call('EXPIRE', KEYS[1], ARGV[1])
"""
READ: Final = "return redis.call('HGETALL', KEYS[1])"
SCRIPTS: Final = (NOTE, READ)


class ValkeyStoreRecords:
    """The `StoreRecords` port."""

    def __init__(self, scripts: Scripts) -> None:
        self._shared = Soon(scripts, "store_records", "what stores do is not counted for now")

    async def note(self, store: StoreName, outcome: str, seconds: float | None, day: date) -> None:
        """See the port."""
        happened = [outcome] if seconds is None else [outcome, f"<{_bound(seconds)}"]
        await self._shared.run(NOTE, [_name(store, day)], [KEPT_FOR, *happened])

    async def of(self, store: StoreName, day: date) -> StoreDay:
        """See the port."""
        said: Sequence[Any] = await self._shared.run(READ, [_name(store, day)], []) or ()
        words = [word.decode() for word in said]
        counts = dict(zip(words[::2], map(int, words[1::2]), strict=True))
        return StoreDay(
            {name: times for name, times in counts.items() if not name.startswith("<")},
            {float(name[1:]): times for name, times in counts.items() if name.startswith("<")},
        )


def _bound(seconds: float) -> float:
    return next((bound for bound in LATENCIES if seconds <= bound), LONGER)


def _name(store: StoreName, day: date) -> str:
    return f"store-record:{store}:{day.isoformat()}"
