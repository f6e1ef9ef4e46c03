"""Clubs, who is in them, and the invitations that are out."""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)

from adapters.postgres.tables.metadata import metadata

# The keys are folded in the core: a name is found whatever its case and accents.
clubs: Final = Table(
    "clubs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("location", Text),
    Column("location_key", Text),
    Column("genre", Text, ForeignKey("categories.slug")),
    Column("description", Text),
    Column("visibility", Text, nullable=False),
    Column("betting", Boolean, nullable=False),
    Column("founded_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("visibility IN ('public', 'private')", name="visibility"),
    Index(
        "clubs_name_key_idx",
        "name_key",
        postgresql_using="gin",
        postgresql_ops={"name_key": "gin_trgm_ops"},
    ),
    Index(
        "clubs_location_key_idx",
        "location_key",
        postgresql_using="gin",
        postgresql_ops={"location_key": "gin_trgm_ops"},
    ),
    Index("clubs_genre_idx", "genre", "id"),
)

# A row stays when its reader leaves: what she bet and read was in this club. Her name here is sealed.
club_members: Final = Table(
    "club_members",
    metadata,
    Column("club_id", Uuid, ForeignKey("clubs.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("joined_at", DateTime(timezone=True)),
    Column("left_at", DateTime(timezone=True)),
    Column("sealed_name", LargeBinary),
    CheckConstraint("standing IN ('requested', 'member', 'refused', 'left', 'barred')", name="standing"),
    CheckConstraint("role IN ('owner', 'host', 'member')", name="role"),
    CheckConstraint("role = 'member' OR standing = 'member'", name="role_of_member"),
    # One owner at every moment; a reader's clubs; who is in, in the order of their coming; who waits.
    Index("club_members_owner_idx", "club_id", unique=True, postgresql_where="role = 'owner'"),
    Index("club_members_of_reader_idx", "user_id", "club_id", postgresql_where="standing = 'member'"),
    Index(
        "club_members_standing_idx",
        "club_id",
        "standing",
        "since",
        "user_id",
        postgresql_where="standing IN ('member', 'requested', 'barred')",
    ),
)

club_invitations: Final = Table(
    "club_invitations",
    metadata,
    Column("club_id", Uuid, ForeignKey("clubs.id"), primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("made_by", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)
