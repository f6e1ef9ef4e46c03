"""What readers ask for, which books wait at which store to have their prices kept fresh, and outages."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Identity,
    Index,
    SmallInteger,
    Table,
    Text,
    text,
)

from adapters.postgres.tables.metadata import metadata

# One number holds how often a book is asked for, with a day's half-life, at whatever moment it is read: it is
# as if it had been asked for once, at `once_at` (seconds since 1970, for popular books in the future). So an
# index has the books in the order of their demand, for ever. `expected` questions a second come on top.
book_demand: Final = Table(
    "book_demand",
    metadata,
    Column("isbn", Text, primary_key=True),
    Column("once_at", Float(53), nullable=False),
    Column("expected", Float(53), nullable=False),
    Column("kind", Text, nullable=False),  # its first shelf in the catalogue; empty: it stands on none
    Column("moved_at", DateTime(timezone=True), nullable=False),  # when the two numbers last did
    Index("book_demand_once_at_idx", "once_at"),
    Index("book_demand_moved_at_idx", "moved_at"),
    Index("book_demand_expected_idx", "isbn", postgresql_where=text("expected > 0")),
    postgresql_with={"fillfactor": 80},
)

# Questions by kind of book and week (ISO 8601): what a season is told from.
question_weeks: Final = Table(
    "question_weeks",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("week", SmallInteger, primary_key=True),
    Column("asked", BigInteger, nullable=False),
)

# A row for each wanted book at each store. Buckets are read from their oldest book on; what is set aside is
# in none of them.
refresh_queue: Final = Table(
    "refresh_queue",
    metadata,
    Column("store", Text, primary_key=True),
    Column("isbn", Text, primary_key=True),
    Column("bucket", SmallInteger, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("failures", SmallInteger, nullable=False),
    Column("given_up_at", DateTime(timezone=True)),
    Column("why", Text),
    Index(
        "refresh_queue_waiting_idx",
        "store",
        "bucket",
        "asked_at",
        postgresql_where=text("given_up_at IS NULL"),
    ),
    Index(
        "refresh_queue_given_up_idx",
        "store",
        "given_up_at",
        postgresql_where=text("given_up_at IS NOT NULL"),
    ),
    postgresql_with={"fillfactor": 80},
)

# What a call to a store is worth, and until when what readers ask for has found its place there.
refresh_stores: Final = Table(
    "refresh_stores",
    metadata,
    Column("store", Text, primary_key=True),
    Column("price", Float(53)),
    Column("joined_until", DateTime(timezone=True), nullable=False),
)

store_outages: Final = Table(
    "store_outages",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("store", Text, nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("refused", Boolean, nullable=False),
    Index("store_outages_open_idx", "store", unique=True, postgresql_where=text("ended_at IS NULL")),
    Index("store_outages_began_at_idx", "began_at"),
)
