"""The payment ledger: append-only."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Table, Text, UniqueConstraint, Uuid

from adapters.postgres.tables.metadata import metadata

payment_entries: Final = Table(
    "payment_entries",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("order_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reference", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("key", "result"),
    Index("payment_entries_order_id_idx", "order_id"),
)

# A provider tells the same thing several times: the first row wins, the rest are recognised and dropped.
payment_inbox: Final = Table(
    "payment_inbox",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("order_id", Uuid),
    Column("type", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)
