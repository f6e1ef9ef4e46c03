"""Purchases at other stores, their story, their ledger, what readers may spend, and the daily reckoning."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.postgres.tables.metadata import metadata

OPEN: Final = (
    "status IN ('received', 'cap_reserved', 'quoted', 'authorised', 'revalidated', 'ordered', 'captured')"
)
ENDED: Final = (
    "'done', 'cap_denied', 'no_offer', 'too_dear', 'declined', 'price_moved', 'store_rejected', 'cancelled',"
    " 'refunded'"
)

purchases: Final = Table(
    "purchases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("isbn", Text, nullable=False),
    Column("conditions", ARRAY(Text), nullable=False),
    Column("currency", Text, nullable=False),
    Column("max_price", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("money_status", Text, nullable=False),
    Column("store_status", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("cap_reserved_at", DateTime(timezone=True)),
    Column("counts", BigInteger, nullable=False),  # against the reader's caps
    Column("quote", JSONB),
    Column("lowest", JSONB),
    Column("looked", JSONB),
    Column("order_number", Text),
    Column("discrepancy", Text),
    Column("captures_refused", SmallInteger, nullable=False),
    Column("payment_reference", Text),
    Column("action_url", Text),
    Column("captured", BigInteger),
    Column("refunded", BigInteger),
    Column("charged", BigInteger),
    Column("needs_attention", Text),
    Column("ended_because", Text),
    Column("version", Integer, nullable=False),
    Column("sealed_address", LargeBinary, nullable=False),
    Column("sealed_token", LargeBinary, nullable=False),
    CheckConstraint(OPEN.replace(")", f", {ENDED})"), name="status"),
    # What no code may get wrong: the maximum is absolute.
    CheckConstraint("max_price > 0 AND counts BETWEEN 0 AND max_price", name="counts"),
    CheckConstraint("captured BETWEEN 0 AND max_price", name="captured"),
    CheckConstraint("refunded BETWEEN 0 AND captured", name="refunded"),
    Index("purchases_user_id_idx", "user_id", "id"),
    Index("purchases_received_at_idx", "received_at"),
    # What counts against a reader's caps; the rest were ends without a book.
    Index(
        "purchases_counting_idx",
        "user_id",
        "currency",
        "cap_reserved_at",
        postgresql_where="counts > 0",
    ),
    # Only the few that still move: housekeeping asks for these.
    Index("purchases_open_idx", "id", postgresql_where=OPEN),
)

purchase_timeline: Final = Table(
    "purchase_timeline",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("purchase_id", Uuid, ForeignKey("purchases.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("purchase_timeline_purchase_id_idx", "purchase_id", "id"),
)

# Append-only. Each line takes from one account what it gives to another, so all of them add up to zero.
purchase_ledger: Final = Table(
    "purchase_ledger",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("purchase_id", Uuid, ForeignKey("purchases.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("movement", Text, nullable=False),
    Column("taken_from", Text, nullable=False),
    Column("given_to", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("reference", Text),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("key"),
    CheckConstraint("amount > 0 AND taken_from <> given_to", name="amount"),
    Index("purchase_ledger_purchase_id_idx", "purchase_id", "id"),
)

# One row a reader and currency: what their purchases wait for while one of them is admitted. Without own caps
# the shop's hold.
purchase_caps: Final = Table(
    "purchase_caps",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("per_purchase", BigInteger),
    Column("per_day", BigInteger),
    Column("per_month", BigInteger),
    CheckConstraint("num_nulls(per_purchase, per_day, per_month) IN (0, 3)", name="own"),
)

purchase_reconciliations: Final = Table(
    "purchase_reconciliations",
    metadata,
    Column("day", Date, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("purchases", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("findings", JSONB, nullable=False),
)
