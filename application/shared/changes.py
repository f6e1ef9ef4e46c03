"""What changed lately, as far as this process heard."""

from collections import OrderedDict
from collections.abc import Collection
from typing import Final

MOST: Final = 50_000  # tags, some 8 MB; of what changed before the oldest of them nothing is known


class Changes:
    """Counts moments: each change is one. What was learnt at a moment is untrue if it changed after it."""

    def __init__(self) -> None:
        self.moment = 0
        self._changed: OrderedDict[str, int] = OrderedDict()
        self._known_since = 0

    def note(self, tags: Collection[str]) -> None:
        """These changed just now; none at all: anything may have."""
        self.moment += 1
        if not tags:
            self._changed.clear()
            self._known_since = self.moment
        for tag in tags:
            self._changed.pop(tag, None)  # so that they stay in order of time
            self._changed[tag] = self.moment
        while len(self._changed) > MOST:
            self._known_since = self._changed.popitem(last=False)[1]

    def touched(self, tags: Collection[str], since: int, until: int | None = None) -> bool:
        """Whether one of them may have changed after `since`, and no later than `until`."""
        last = self.moment if until is None else until
        if since >= last:
            return False
        if since < self._known_since:
            return True
        return any(since < self._changed.get(tag, 0) <= last for tag in tags)
