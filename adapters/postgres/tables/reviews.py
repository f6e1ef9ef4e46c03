"""Reviews, what was said in each of them and done to it, what readers think of them, and their summaries."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    false,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.postgres.tables.metadata import metadata

_PUBLISHED: Final = "state = 'published'"
_STANDING: Final = "state <> 'withdrawn'"
_COUNT: Final = "ones + twos + threes + fours + fives"
_STARS: Final = "ones + 2 * twos + 3 * threes + 4 * fours + 5 * fives"

# The sum of the work's published reviews, changed in their transaction. No row: nobody has rated it.
work_ratings: Final = Table(
    "work_ratings",
    metadata,
    Column("work_id", Uuid, ForeignKey("works.id"), primary_key=True),
    Column("ones", Integer, nullable=False, server_default="0"),
    Column("twos", Integer, nullable=False, server_default="0"),
    Column("threes", Integer, nullable=False, server_default="0"),
    Column("fours", Integer, nullable=False, server_default="0"),
    Column("fives", Integer, nullable=False, server_default="0"),
    Column("rating_count", Integer, Computed(_COUNT, persisted=True), nullable=False),
    Column("rating_stars", BigInteger, Computed(_STARS, persisted=True), nullable=False),
    CheckConstraint("least(ones, twos, threes, fours, fives) >= 0", name="counts"),
)

# `helpful` is counted here under the row's lock, so that lists can be sorted by it. A withdrawn review keeps
# its row, without words: it is remembered that staff had rejected it.
reviews: Final = Table(
    "reviews",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_id", Uuid, ForeignKey("works.id"), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("rating", SmallInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Column("purchase", Uuid),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("revised_at", DateTime(timezone=True)),
    Column("revision", Integer, nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("helpful", Integer, nullable=False, server_default="0"),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    CheckConstraint("state IN ('published', 'held', 'rejected', 'withdrawn')", name="state"),
    CheckConstraint("helpful >= 0", name="helpful"),
    # One say for each reader and work.
    Index("reviews_one_each_idx", "work_id", "user_id", unique=True, postgresql_where=_STANDING),
    # One for each way to list; ids are ordered by time. The last one serves the filter by stars as well.
    Index("reviews_newest_idx", "work_id", "id", postgresql_where=_PUBLISHED),
    Index("reviews_helpful_idx", "work_id", "helpful", "id", postgresql_where=_PUBLISHED),
    Index("reviews_rating_idx", "work_id", "rating", "id", postgresql_where=_PUBLISHED),
    Index("reviews_held_idx", "id", postgresql_where="state = 'held'"),
    # What an order proved, for when its money goes back.
    Index("reviews_purchase_idx", "purchase", postgresql_where="purchase IS NOT NULL"),
)

# Everything its author has said, sealed with her own key: when that is destroyed, so are the words.
# `likeness` is a keyed fingerprint, by which the same text is known again without being read.
review_revisions: Final = Table(
    "review_revisions",
    metadata,
    Column("review_id", Uuid, ForeignKey("reviews.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("rating", SmallInteger, nullable=False),
    Column("sealed_words", LargeBinary),
    Column("likeness", LargeBinary),
    Index("review_revisions_likeness_idx", "likeness", postgresql_where="likeness IS NOT NULL"),
)

review_history: Final = Table(
    "review_history",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("review_id", Uuid, ForeignKey("reviews.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("deed", Text, nullable=False),
    Column("by", Uuid),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reasons", ARRAY(Text), nullable=False),
    Index("review_history_review_id_idx", "review_id", "id"),
    # How much a reader writes in a day.
    Index("review_history_writings_idx", "by", "at", postgresql_where="deed IN ('written', 'revised')"),
)

review_votes: Final = Table(
    "review_votes",
    metadata,
    Column("review_id", Uuid, ForeignKey("reviews.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

# `revision` is what the reader had read when reporting it; `settled` once staff has decided about it.
review_reports: Final = Table(
    "review_reports",
    metadata,
    Column("review_id", Uuid, ForeignKey("reviews.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Index("review_reports_user_id_idx", "user_id", "at"),
)
