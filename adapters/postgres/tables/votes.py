"""What clubs may read next, and who would."""

from typing import Final

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, Table, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.postgres.tables.metadata import metadata

votes: Final = Table(
    "votes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("club_id", Uuid, ForeignKey("clubs.id"), nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("closes_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    # Ids are ordered by time.
    Index("votes_club_id_idx", "club_id", "id"),
)

vote_candidates: Final = Table(
    "vote_candidates",
    metadata,
    Column("vote_id", Uuid, ForeignKey("votes.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("work_id", Uuid, ForeignKey("works.id"), nullable=False),
    Column("proposed_by", Uuid, nullable=False),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("vote_id", "work_id"),
)

# `choices` in the order of preference.
vote_ballots: Final = Table(
    "vote_ballots",
    metadata,
    Column("vote_id", Uuid, ForeignKey("votes.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("choices", ARRAY(Uuid), nullable=False),
    Column("cast_at", DateTime(timezone=True), nullable=False),
)
