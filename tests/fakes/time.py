"""A clock that stands still until it is moved, and ids that count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID


@dataclass
class StandingClock:
    """The `Clock` port."""

    at: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


class CountingIds:
    """The `IdSource` port."""

    def __init__(self, start: int = 1) -> None:
        self._numbers = count(start)

    def new(self) -> UUID:
        return UUID(int=next(self._numbers))
