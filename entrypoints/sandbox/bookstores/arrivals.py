"""Who came how often: every arrival counts, also those turned away, on the store's own clock.

Windows are in memory, for hundreds arrive each second; what they showed at most is written down every second,
so a restart forgets no excess, only the arrivals of the windows that were open.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from entrypoints.sandbox.bookstores.store import Rule, Store

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS arrivals (
    store TEXT PRIMARY KEY,
    arrivals INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    most TEXT NOT NULL,
    first_at TEXT,
    last_at TEXT
);
"""


@dataclass(slots=True)
class Window:
    """The arrivals of the last `rule.seconds`, and how many there ever were at once."""

    rule: Rule
    most: int = 0
    _times: deque[float] = field(default_factory=deque)

    def note(self, at: float) -> float:
        """Take the arrival in. How many seconds too early it is; 0: it is within the rule."""
        times, began = self._times, at - self.rule.seconds
        while times and times[0] <= began:
            times.popleft()
        times.append(at)
        self.most = max(self.most, len(times))
        excess = len(times) - self.rule.calls
        # The next one is welcome when so many have left that it fits in beside those that stay.
        return times[excess] - began if excess > 0 else 0.0


@dataclass(slots=True)
class Door:
    """Of one store."""

    windows: tuple[Window, ...]
    arrivals: int = 0
    refused: int = 0
    first_at: str | None = None
    last_at: str | None = None


class Arrivals:
    """All doors."""

    def __init__(self, stores: Iterable[Store], now: Callable[[], float]) -> None:
        self._now = now
        self._doors = {store.name: Door(tuple(Window(rule) for rule in store.limits)) for store in stores}
        self._unwritten: set[str] = set()

    def note(self, store: str) -> tuple[float, int]:
        """One more came. In how many seconds the next one may (0: this one may
        come in), and the how-manieth it is.
        """
        door, at = self._doors[store], self._now()
        door.arrivals += 1
        door.last_at = datetime.now(UTC).isoformat()
        door.first_at = door.first_at or door.last_at
        self._unwritten.add(store)
        wait = max([window.note(at) for window in door.windows])
        door.refused += wait > 0
        return wait, door.arrivals

    def seen(self, store: str | None = None) -> list[dict[str, Any]]:
        """What was counted, by the names of the stores."""
        return [
            {
                "store": name,
                "arrivals": door.arrivals,
                "refused": door.refused,
                "rules": [
                    {"calls": w.rule.calls, "seconds": w.rule.seconds, "most": w.most} for w in door.windows
                ],
                "first_at": door.first_at,
                "last_at": door.last_at,
            }
            for name, door in sorted(self._doors.items())
            if store in {None, name}
        ]

    def unwritten(self) -> list[tuple[Any, ...]]:
        """Rows of the doors that somebody came to since this was last asked."""
        names, self._unwritten = self._unwritten, set()
        return [self._row(name, self._doors[name]) for name in names]

    def recall(self, connection: sqlite3.Connection) -> None:
        """Go on counting where an earlier run ended."""
        for row in connection.execute("SELECT * FROM arrivals"):
            door = self._doors.get(row["store"])
            if door is not None:
                door.arrivals, door.refused = row["arrivals"], row["refused"]
                door.first_at, door.last_at = row["first_at"], row["last_at"]
                for window, most in zip(door.windows, json.loads(row["most"]), strict=False):
                    window.most = most

    def _row(self, name: str, door: Door) -> tuple[Any, ...]:
        most = json.dumps([window.most for window in door.windows])
        return (name, door.arrivals, door.refused, most, door.first_at, door.last_at)


def write(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    """Put the rows in the place of older ones."""
    connection.executemany("INSERT OR REPLACE INTO arrivals VALUES (?, ?, ?, ?, ?, ?)", rows)
