"""What happened: facts that aggregates collect and the outbox publishes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainEvent:
    """A fact in the past tense about one aggregate; carries ids and amounts, never personal data.

    `name` is public ("order_confirmed") and stable; `aggregate_id` keys the order of delivery.
    """

    name: ClassVar[str]
    aggregate_id: UUID
    occurred_at: datetime


@dataclass(kw_only=True, slots=True)
class Aggregate:
    """Collects the events its verbs record until the repository drains them into the outbox."""

    _events: list[DomainEvent] = field(default_factory=list, init=False, repr=False, compare=False)

    def _record(self, event: DomainEvent) -> None:
        self._events.append(event)

    def drain_events(self) -> list[DomainEvent]:
        """Hand over what happened since the last save, oldest first."""
        events, self._events = self._events, []
        return events
