"""Answers already given: one row a request key, kept with the effect it stands for."""

from typing import Final

from sqlalchemy import Column, DateTime, LargeBinary, SmallInteger, Table, Text, Uuid

from adapters.postgres.tables.metadata import metadata

idempotency_keys: Final = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("busy_until", DateTime(timezone=True), nullable=False),
    Column("status", SmallInteger),
    Column("body", LargeBinary),
    Column("created_at", DateTime(timezone=True), nullable=False),
)
