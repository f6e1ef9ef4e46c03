"""What bookstores told: their last answers and offers, and what their prices have been."""

from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    DateTime,
    Float,
    Integer,
    SmallInteger,
    Table,
    Text,
    event,
)
from sqlalchemy.schema import CreateSchema

from adapters.postgres.tables.metadata import metadata

# Editions need not be in the catalogue, so nothing here points to one. Rows are written anew with each
# answer: no index but the key's, and room in each page, keep that in place.
_ROOM: Final = {"fillfactor": 80}

# What an answer's change rate is believed from: as if so many changes had been seen in so many seconds.
price_answers: Final = Table(
    "price_answers",
    metadata,
    Column("isbn", Text, primary_key=True),
    Column("store", Text, primary_key=True),
    Column("told_at", DateTime(timezone=True), nullable=False),
    Column("took_ms", Integer, nullable=False),
    Column("changes", Float(53), nullable=False),
    Column("seconds", Float(53), nullable=False),
    postgresql_with=_ROOM,
)

# The offers of those answers, in their order. An answer without any: the store does not sell the book.
price_offers: Final = Table(
    "price_offers",
    metadata,
    Column("isbn", Text, primary_key=True),
    Column("store", Text, primary_key=True),
    Column("offer_id", Text, primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("seller", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("shipping", BigInteger, nullable=False),
    Column("tax", BigInteger, nullable=False),
    Column("availability", Text, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    postgresql_with=_ROOM,
)

# The lowest landed price of a series at a store for as long as it was the same (null: none to be bought). A
# run ends with its month: a drawer is whole by itself, and goes as a whole.
price_runs: Final = Table(
    "price_runs",
    metadata,
    Column("isbn", Text, primary_key=True),
    Column("store", Text, primary_key=True),
    Column("format", Text, primary_key=True),
    Column("condition", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("began_at", DateTime(timezone=True), primary_key=True),
    Column("seen_until", DateTime(timezone=True), nullable=False),
    Column("seen", Integer, nullable=False),
    Column("landed", BigInteger),
    postgresql_partition_by="RANGE (began_at)",
)

# The drawers have a schema of their own, so that the shop's tables can be read at a glance. What belongs into
# a month for which none was made stays in the last one, and is moved when it is made.
DRAWERS: Final = "price_months"
OTHER_MONTHS: Final = f"{DRAWERS}.runs_other"
ADD_OTHER_MONTHS: Final = (
    f"CREATE TABLE {OTHER_MONTHS} PARTITION OF price_runs DEFAULT WITH (fillfactor = 80)"
)

event.listen(price_runs, "before_create", CreateSchema(DRAWERS, if_not_exists=True))
event.listen(price_runs, "after_create", DDL(ADD_OTHER_MONTHS))  # type: ignore[no-untyped-call] # SQLAlchemy's
