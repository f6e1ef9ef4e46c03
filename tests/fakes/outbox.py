"""An outbox and a stream in memory."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from itertools import count

import msgspec

from application.outbox.ports import WaitingEvent
from application.shared.unavailable import CacheUnavailable
from domain.shared.events import DomainEvent


class InMemoryOutbox:
    """The `Outbox` port."""

    def __init__(self) -> None:
        self._events: dict[int, WaitingEvent] = {}
        self._published: dict[int, datetime] = {}
        self._numbers = count(1)

    def empty(self) -> None:
        """Numbers go on: what is under way still speaks of those that were there."""
        self._events.clear()

    def write(self, *events: DomainEvent) -> None:
        """What a transaction that commits leaves behind."""
        for event in events:
            number = next(self._numbers)
            facts = (event.name, event.aggregate_id, _facts(event), event.occurred_at)
            self._events[number] = WaitingEvent(number, *facts)

    async def waiting(self, limit: int) -> Sequence[WaitingEvent]:
        return self._waiting()[:limit]

    async def published(self, ids: Sequence[int], at: datetime) -> None:
        self._published |= dict.fromkeys(ids, at)

    async def backlog(self) -> tuple[int, datetime | None]:
        waiting = self._waiting()
        return len(waiting), min((event.occurred_at for event in waiting), default=None)

    async def forget(self, before: datetime) -> int:
        old = [number for number, at in self._published.items() if at < before and number in self._events]
        for number in old:
            del self._events[number]
        return len(old)

    def _waiting(self) -> list[WaitingEvent]:
        return [event for number, event in self._events.items() if number not in self._published]


class InMemoryStream:
    """The `EventStream` port; `down` makes it refuse."""

    def __init__(self) -> None:
        self.events: list[WaitingEvent] = []
        self.down = False

    async def publish(self, event: WaitingEvent) -> None:
        if self.down:
            raise CacheUnavailable("The stream does not answer.")
        self.events.append(event)


def _facts(event: DomainEvent) -> dict[str, object]:
    own = {f.name: getattr(event, f.name) for f in fields(event)}
    facts: dict[str, object] = msgspec.to_builtins(own)
    return {name: value for name, value in facts.items() if name not in {"aggregate_id", "occurred_at"}}
