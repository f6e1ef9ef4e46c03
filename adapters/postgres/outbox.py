"""Writes events into the outbox, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import bindparam, insert

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from adapters.postgres.tables.outbox import outbox
from domain.shared.events import DomainEvent

_ENVELOPE: Final = {"aggregate_id", "occurred_at"}
_COLUMNS: Final = ("name", "aggregate_id", "payload", "occurred_at")
_WRITE: Final = Statement(
    insert(outbox).values(
        {name: bindparam(name) for name in ("name", "aggregate_id", "payload", "occurred_at")}
    )
)


async def write_events(connection: Connection, events: Sequence[DomainEvent]) -> None:
    """Append the events in their order; nothing is sent before the transaction commits."""
    for event in events:
        await connection.run(
            _WRITE,
            name=event.name,
            aggregate_id=event.aggregate_id,
            payload=Jsonb(_payload(event)),
            occurred_at=event.occurred_at,
        )


def _payload(event: DomainEvent) -> object:
    facts = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in _ENVELOPE}
    return msgspec.to_builtins(facts)
