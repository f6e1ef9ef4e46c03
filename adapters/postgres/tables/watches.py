"""Watches, their story, and the prices that they wait for."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Time,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.postgres.tables.metadata import metadata

STATUS: Final = "status IN ('active', 'paused', 'awaiting_veto', 'buying', 'ended')"

watches: Final = Table(
    "watches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("isbn", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("formats", ARRAY(Text), nullable=False),
    Column("conditions", ARRAY(Text), nullable=False),
    Column("currency", Text, nullable=False),
    Column("target", BigInteger, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("quiet_begin", Time),
    Column("quiet_end", Time),
    Column("quiet_zone", Text),
    Column("quantity", SmallInteger),  # null: it only tells
    Column("budget", BigInteger),
    Column("veto_seconds", Integer),
    Column("status", Text, nullable=False),
    # The most that the next copy may cost: what a price is held against, without reading the rest.
    Column("threshold", BigInteger, nullable=False),
    Column("fired_at", BigInteger),
    Column("clears", SmallInteger, nullable=False),
    Column("looked_at", DateTime(timezone=True)),
    Column("held_until", DateTime(timezone=True)),
    Column("rests_until", DateTime(timezone=True)),
    Column("veto_until", DateTime(timezone=True)),
    Column("attempt", Integer, nullable=False),
    Column("maximum", BigInteger),  # of the last attempt, as is the purchase
    Column("purchase_id", Uuid),
    Column("bought", SmallInteger, nullable=False),
    Column("spent", BigInteger),
    Column("failures", SmallInteger, nullable=False),
    Column("last_failure", Text),
    Column("after_purchase", Text),
    Column("ended_because", Text),
    Column("notices", JSONB, nullable=False),
    Column("told", Integer, nullable=False),
    Column("needs_attention", Text),
    Column("wakes_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Column("sealed_particulars", LargeBinary, nullable=False),
    CheckConstraint(STATUS, name="status"),
    CheckConstraint("num_nulls(quiet_begin, quiet_end, quiet_zone) IN (0, 3)", name="quiet"),
    CheckConstraint("num_nulls(quantity, budget) IN (0, 2)", name="buying"),
    # What no code may get wrong.
    CheckConstraint("bought BETWEEN 0 AND coalesce(quantity, 0)", name="bought"),
    CheckConstraint("coalesce(spent, 0) BETWEEN 0 AND coalesce(budget, 0)", name="spent"),
    Index("watches_user_id_idx", "user_id", "id"),
    # Who waits for a price of this book: ten thousand may, many of them for one.
    Index(
        "watches_waiting_idx",
        "isbn",
        "id",
        postgresql_where="status IN ('active', 'awaiting_veto')",
    ),
    Index("watches_open_isbn_idx", "isbn", postgresql_where="status <> 'ended'"),
    Index("watches_purchase_id_idx", "purchase_id", postgresql_where="purchase_id IS NOT NULL"),
    Index("watches_wakes_at_idx", "wakes_at", postgresql_where="wakes_at IS NOT NULL"),
)

watch_timeline: Final = Table(
    "watch_timeline",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("watch_id", Uuid, ForeignKey("watches.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("watch_timeline_watch_id_idx", "watch_id", "id"),
)

# The least asked for books that somebody watches, as last heard; null: no store had a copy.
watched_prices: Final = Table(
    "watched_prices",
    metadata,
    Column("isbn", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("condition", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("price", BigInteger),
    Column("at", DateTime(timezone=True), nullable=False),
)
