"""Sessions, one per sign-in on a device, and the line of refresh tokens each has gone through."""

from typing import Final

from sqlalchemy import Column, DateTime, ForeignKey, Index, LargeBinary, Table, Text, Uuid

from adapters.postgres.tables.metadata import metadata

sessions: Final = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), nullable=False),
    Column("device", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Index("sessions_open_idx", "user_id", postgresql_where="ended_at IS NULL"),
)

refresh_tokens: Final = Table(
    "refresh_tokens",
    metadata,
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("session_id", Uuid, ForeignKey("sessions.id"), nullable=False),
    Column("parent", LargeBinary),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("spent_at", DateTime(timezone=True)),
    Index("refresh_tokens_session_id_idx", "session_id"),
    # The database itself refuses a second live lineage.
    Index("refresh_tokens_one_live_idx", "session_id", unique=True, postgresql_where="spent_at IS NULL"),
)
