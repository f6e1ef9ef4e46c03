"""What is between readers, and the cards by which they find each other."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, LargeBinary, Table, Text, Uuid

from adapters.postgres.tables.metadata import metadata

_TIED: Final = "bond <> 'apart'"

# One row for each two readers who have, or had, something to do with each other; none for the others.
# `…_declined_at`: when that one's question was declined; `…_blocks_at`: since when that one blocks the other.
friendships: Final = Table(
    "friendships",
    metadata,
    Column("lesser", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("greater", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("bond", Text, nullable=False),
    Column("asked_by", Uuid),
    Column("since", DateTime(timezone=True)),
    Column("lesser_declined_at", DateTime(timezone=True)),
    Column("greater_declined_at", DateTime(timezone=True)),
    Column("lesser_blocks_at", DateTime(timezone=True)),
    Column("greater_blocks_at", DateTime(timezone=True)),
    CheckConstraint("lesser < greater", name="unordered"),
    CheckConstraint("bond IN ('apart', 'asked', 'friends')", name="bond"),
    CheckConstraint("(bond = 'asked') = (asked_by IS NOT NULL)", name="asked"),
    CheckConstraint("asked_by IN (lesser, greater)", name="asked_by_one_of_them"),
    CheckConstraint("(bond = 'apart') = (since IS NULL)", name="since"),
    CheckConstraint(
        "bond = 'apart' OR (lesser_blocks_at IS NULL AND greater_blocks_at IS NULL)", name="blocked_is_apart"
    ),
    CheckConstraint(
        "bond <> 'apart' OR coalesce(lesser_declined_at, greater_declined_at, lesser_blocks_at,"
        " greater_blocks_at) IS NOT NULL",
        name="worth_keeping",
    ),
    # A list walks two of them, for a reader is lesser to some and greater to others.
    Index("friendships_lesser_idx", "lesser", "bond", "since", "greater", postgresql_where=_TIED),
    Index("friendships_greater_idx", "greater", "bond", "since", "lesser", postgresql_where=_TIED),
    Index(
        "friendships_lesser_blocks_idx",
        "lesser",
        "lesser_blocks_at",
        "greater",
        postgresql_where="lesser_blocks_at IS NOT NULL",
    ),
    Index(
        "friendships_greater_blocks_idx",
        "greater",
        "greater_blocks_at",
        "lesser",
        postgresql_where="greater_blocks_at IS NOT NULL",
    ),
    Index("friendships_asked_by_idx", "asked_by", postgresql_where="asked_by IS NOT NULL"),
)

# `sealed_name`: what its owner wants to be called, sealed with her own key.
calling_cards: Final = Table(
    "calling_cards",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("sealed_name", LargeBinary),
)
