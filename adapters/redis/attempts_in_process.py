"""Attempts counted in this process alone: what is left of the limit while Valkey is away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.users.attempts import FORGOTTEN_AFTER, Ladder

MOST_KEYS: Final = 100_000  # some 20 MB; then the oldest is forgotten


@dataclass(slots=True)
class _Count:
    last: datetime
    attempts: int = 0
    blocked_until: datetime | None = None


class AttemptsInProcess:
    """The `AttemptCounters` port in memory."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}

    async def spend(self, key: str, ladder: Ladder, now: datetime) -> timedelta:
        """See the port."""
        count = self._counts.get(key)
        if count is None or count.last + FORGOTTEN_AFTER <= now:
            count = self._counts[key] = _Count(now)
            self._make_room()
        if count.blocked_until is not None and count.blocked_until > now:
            return count.blocked_until - now
        count.attempts += 1
        wait = ladder.wait_after(count.attempts)
        count.blocked_until, count.last = now + wait if wait else None, now
        return timedelta(0)

    async def refund(self, key: str, ladder: Ladder) -> None:
        """See the port."""
        count = self._counts.get(key)
        if count is not None and count.attempts:
            count.attempts -= 1
            if count.attempts < ladder.free:
                count.blocked_until = None

    async def clear(self, key: str) -> None:
        """See the port."""
        self._counts.pop(key, None)

    def _make_room(self) -> None:
        if len(self._counts) > MOST_KEYS:
            self._counts.pop(next(iter(self._counts)))
