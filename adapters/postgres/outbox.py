"""The outbox: written in the caller's transaction, read by the relay."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import bindparam, insert

from adapters.postgres.database import Connection, Database
from adapters.postgres.statement import Statement
from adapters.postgres.tables.outbox import outbox
from application.outbox.ports import WaitingEvent
from domain.shared.events import DomainEvent

_ENVELOPE: Final = {"aggregate_id", "occurred_at"}
_COLUMNS: Final = ("name", "aggregate_id", "payload", "occurred_at")
_WRITE: Final = Statement(insert(outbox).values({name: bindparam(name) for name in _COLUMNS}))
# By id, not "after the last id seen": ids are given out before their transactions commit. The events of one
# aggregate are safe: its row is locked while it changes, so their ids follow the order of commits.
_WAITING: Final = Statement("""
SELECT id, name, aggregate_id, payload, occurred_at FROM outbox
WHERE published_at IS NULL ORDER BY id LIMIT %(limit)s
""")
_PUBLISHED: Final = Statement("UPDATE outbox SET published_at = %(at)s WHERE id = ANY(%(ids)s)")
_BACKLOG: Final = Statement("""
SELECT count(*) AS events, min(occurred_at) AS oldest FROM outbox WHERE published_at IS NULL
""")
_FORGET: Final = Statement("DELETE FROM outbox WHERE published_at < %(before)s")


class PostgresOutbox:
    """The `Outbox` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, limit: int) -> Sequence[WaitingEvent]:
        """The index holds only what waits."""
        rows = await self._database.all(_WAITING, limit=limit)
        return [
            WaitingEvent(row.id, row.name, row.aggregate_id, row.payload, row.occurred_at) for row in rows
        ]

    async def published(self, ids: Sequence[int], at: datetime) -> None:
        """One statement for the batch."""
        async with self._database.connection() as connection:
            await connection.run(_PUBLISHED, ids=list(ids), at=at)

    async def backlog(self) -> tuple[int, datetime | None]:
        """For the monitoring."""
        row = await self._database.one(_BACKLOG)
        return (row.events, row.oldest) if row else (0, None)

    async def forget(self, before: datetime) -> int:
        """Drop what was published before that moment; returns how many."""
        async with self._database.connection() as connection:
            return await connection.run(_FORGET, before=before)


async def write_events(connection: Connection, events: Sequence[DomainEvent]) -> None:
    """Append the events in their order; nothing is sent before the transaction commits."""
    for event in events:
        await connection.run(
            _WRITE,
            name=event.name,
            aggregate_id=event.aggregate_id,
            payload=_payload(event),
            occurred_at=event.occurred_at,
        )


def event_columns(events: Sequence[DomainEvent]) -> dict[str, object]:
    """The events of one aggregate, a list for each column, for a statement that writes both."""
    return {
        "name": [event.name for event in events],
        "payload": [_payload(event) for event in events],
        "occurred_at": [event.occurred_at for event in events],
    }


def _payload(event: DomainEvent) -> Jsonb:
    facts = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in _ENVELOPE}
    return Jsonb(msgspec.to_builtins(facts))
