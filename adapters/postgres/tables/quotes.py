"""Quotes, word for word."""

from typing import Final

from sqlalchemy import Column, DateTime, Index, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.metadata import metadata

# A quote is written once and read whole within its quarter of an hour: a document, not rows to join.
quotes: Final = Table(
    "quotes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("document", JSONB, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("order_id", Uuid),
    # Finds a reader's own quotes that came to nothing, to forget them.
    Index("quotes_unused_idx", "user_id", "expires_at", postgresql_where="order_id IS NULL"),
)
