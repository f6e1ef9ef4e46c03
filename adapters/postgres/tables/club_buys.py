"""What clubs wait for together, and whose watch is a part of it. Caps and addresses are the watches' own."""

from typing import Final

from sqlalchemy import Column, DateTime, ForeignKey, Index, Table, Text, UniqueConstraint, Uuid

from adapters.postgres.tables.metadata import metadata

club_buys: Final = Table(
    "club_buys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("club_id", Uuid, ForeignKey("clubs.id"), nullable=False),
    Column("isbn", Text, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    # Ids are ordered by time.
    Index("club_buys_club_id_idx", "club_id", "id"),
)

# A reader takes part once, whatever her clicks do.
club_buy_shares: Final = Table(
    "club_buy_shares",
    metadata,
    Column("buy_id", Uuid, ForeignKey("club_buys.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("watch_id", Uuid, ForeignKey("watches.id"), nullable=False),
    Column("joined_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("watch_id"),
)
