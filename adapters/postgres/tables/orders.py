"""Orders, their lines, their story and their refunds."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.metadata import metadata

orders: Final = Table(
    "orders",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("payment_status", Text, nullable=False),
    Column("fulfilment_status", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("shipping_method", Text, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("shipping_tax", BigInteger, nullable=False),
    Column("coupon", Text),
    Column("weight_grams", Integer, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("hold_expires_at", DateTime(timezone=True), nullable=False),
    Column("payment_reference", Text),
    Column("action_url", Text),
    Column("tracking_number", Text),
    Column("needs_attention", Text),
    Column("ended_because", Text),
    Column("version", Integer, nullable=False),
    Column("sealed_address", LargeBinary),
    Column("sealed_token", LargeBinary, nullable=False),
    CheckConstraint(
        "status IN ('pending', 'confirmed', 'completed', 'declined', 'cancelled', 'expired')", name="status"
    ),
    CheckConstraint("total >= 0", name="total"),
    Index("orders_user_id_idx", "user_id", "id"),
    # Only the few that still move: housekeeping and operators ask for these.
    Index("orders_open_idx", "placed_at", postgresql_where="status IN ('pending', 'confirmed')"),
)

order_lines: Final = Table(
    "order_lines",
    metadata,
    Column("order_id", Uuid, ForeignKey("orders.id"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("book_id", Uuid, nullable=False),
    Column("isbn", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("discount", BigInteger, nullable=False),
    Column("tax", BigInteger, nullable=False),
    Column("digital", Boolean, nullable=False),
    Column("counted", Boolean, nullable=False, server_default="false"),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_timeline: Final = Table(
    "order_timeline",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("order_id", Uuid, ForeignKey("orders.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("order_timeline_order_id_idx", "order_id", "id"),
)

refunds: Final = Table(
    "refunds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("order_id", Uuid, ForeignKey("orders.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    UniqueConstraint("order_id", "key"),
    CheckConstraint("amount > 0", name="amount"),
    # Housekeeping asks for the few whose end is not known.
    Index("refunds_waiting_idx", "requested_at", postgresql_where="status = 'requested'"),
    CheckConstraint("status IN ('requested', 'succeeded', 'failed')", name="status"),
)
