"""What was learnt of bookstores, and which of their prices are doubted."""

from typing import Final

from sqlalchemy import BigInteger, Column, DateTime, Float, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.metadata import metadata

# A row for each store and trade, written anew after each comparison that asked it. `premiums` counts how much
# more or less than usual it asked, in bins; `counted_at` (seconds since 1970) is when these were aged last.
store_experience: Final = Table(
    "store_experience",
    metadata,
    Column("store", Text, primary_key=True),
    Column("trade", Text, primary_key=True),
    Column("asked", Float(53), nullable=False),
    Column("sold", Float(53), nullable=False),
    Column("premiums", JSONB, nullable=False),
    Column("counted_at", Float(53), nullable=False),
    Column("found_right", Integer, nullable=False),
    Column("found_wrong", Integer, nullable=False),
    Column("calls", Float(53), nullable=False),
    Column("call_seconds", Float(53), nullable=False),
    postgresql_with={"fillfactor": 50},
)

# A price is doubted once; another price of the same offer is another doubt.
price_doubts: Final = Table(
    "price_doubts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("isbn", Text, nullable=False),
    Column("store", Text, nullable=False),
    Column("offer_id", Text, nullable=False),
    Column("seller", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("tax", BigInteger, nullable=False),
    Column("availability", Text, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("usual", BigInteger, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("standing", Text, nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
)
Index(
    "price_doubts_once",
    *(price_doubts.c[name] for name in ("isbn", "store", "offer_id", "item", "shipping", "tax")),
    unique=True,
)
Index("price_doubts_since_idx", price_doubts.c.since)  # the old ones are forgotten
Index(
    "price_doubts_waiting",
    price_doubts.c.since,
    price_doubts.c.id,
    postgresql_where=text("standing = 'waiting'"),
)
