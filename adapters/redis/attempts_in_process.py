"""Attempts counted in this process alone: what is left of the limit while Valkey is away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.users.attempts import FORGOTTEN_AFTER, Ladder

MOST_KEYS: Final = 100_000  # some 20 MB; then the oldest is forgotten


@dataclass(slots=True)
class _Count:
    attempts: int
    blocked_until: datetime
    last: datetime


class AttemptsInProcess:
    """The `AttemptCounters` port in memory."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    async def spend(self, key: str, ladder: Ladder, now: datetime) -> timedelta:
        """See the port."""
        count = self._counts.get(key)
        if count is None or count.last + FORGOTTEN_AFTER <= now:
            count = self._counts[key] = _Count(0, now, now)
            self._make_room()
        if count.blocked_until > now:
            return count.blocked_until - now
        count.attempts += 1
        count.blocked_until, count.last = now + ladder.wait_after(count.attempts), now
        return timedelta(0)

    async def refund(self, key: str, ladder: Ladder) -> None:
        """See the port."""
        count = self._counts.get(key)
        if count is not None and count.attempts:
            count.attempts -= 1
            if count.attempts < ladder.free:
                count.blocked_until = count.last

    async def clear(self, key: str) -> None:
        """See the port."""
        self._counts.pop(key, None)

    def _make_room(self) -> None:
        if len(self._counts) > MOST_KEYS:
            self._counts.pop(next(iter(self._counts)))
