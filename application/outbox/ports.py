"""The outbox and where it empties into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An event as it was written, in the transaction that made it true."""

    id: int
    name: str
    aggregate_id: UUID
    payload: Mapping[str, object]
    occurred_at: datetime


class Outbox(Protocol):
    """Events that wait to be published."""

    async def waiting(self, limit: int) -> Sequence[WaitingEvent]:
        """The oldest first; of one aggregate always in the order they happened."""
        ...

    async def published(self, ids: Sequence[int], at: datetime) -> None:
        """These need not be published again."""
        ...

    async def backlog(self) -> tuple[int, datetime | None]:
        """How many wait, and since when the oldest does."""
        ...

    async def forget(self, before: datetime) -> int:
        """Drop what was published before that moment; returns how many."""
        ...


class EventStream(Protocol):
    """Where other systems read what happened, at least once, in order for each aggregate."""

    async def publish(self, event: WaitingEvent) -> None:
        """Append it; raises `CacheUnavailable`."""
        ...


class Reaction(Protocol):
    """What the shop itself does about an event. Idempotent: an event may come again."""

    async def __call__(self, event: WaitingEvent) -> bool:
        """False: not yet, ask again soon; an error: not now, ask again later."""
        ...
