"""Stock, holds and the ledger of every movement."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from adapters.postgres.tables.metadata import metadata

# Narrow and half empty (fillfactor 50): a hot row is updated in place (HOT), away from what browsing reads.
stock: Final = Table(
    "stock",
    metadata,
    Column("book_id", Uuid, primary_key=True),
    Column("on_hand", Integer, nullable=False, server_default="0"),
    Column("held", Integer, nullable=False, server_default="0"),
    CheckConstraint("held >= 0 AND held <= on_hand", name="never_oversold"),
    postgresql_with={
        "fillfactor": 50,
        "autovacuum_vacuum_scale_factor": 0.02,  # old versions of a hot row slow every buyer down
    },
)

holds: Final = Table(
    "holds",
    metadata,
    Column("order_id", Uuid, primary_key=True),
    Column("book_id", Uuid, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("quantity > 0", name="something"),
    CheckConstraint("state IN ('held', 'committed', 'shipped', 'released')", name="state"),
    Index("holds_waiting_idx", "expires_at", postgresql_where="state = 'held'"),
)

stock_movements: Final = Table(
    "stock_movements",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("book_id", Uuid, nullable=False),
    Column("order_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("on_hand", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("reason", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    CheckConstraint("kind IN ('receipt', 'hold', 'release', 'retake', 'ship')", name="kind"),
    Index("stock_movements_book_id_idx", "book_id"),
)
