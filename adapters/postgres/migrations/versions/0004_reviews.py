"""Reviews of works, and what readers gave them."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ON_SALE: Final = "withdrawn_at IS NULL"
FAIR_SCORE: Final = "((rating_stars + 54) * 10000 / (rating_count + 15))"
WHOLE_STARS: Final = "(rating_stars / nullif(rating_count, 0))"
COUNT: Final = "ones + twos + threes + fours + fives"
STARS: Final = "ones + 2 * twos + 3 * threes + 4 * fours + 5 * fives"
# Every index of `reviews`: its name, its columns, and which reviews it holds.
INDEXES: Final = (
    ("reviews_newest_idx", ["work_id", "id"], "state = 'published'"),
    ("reviews_helpful_idx", ["work_id", "helpful", "id"], "state = 'published'"),
    ("reviews_rating_idx", ["work_id", "rating", "id"], "state = 'published'"),
    ("reviews_held_idx", ["id"], "state = 'held'"),
    ("reviews_purchase_idx", ["purchase"], "purchase IS NOT NULL"),
)


def upgrade() -> None:
    rate_works()
    keep_reviews()
    remember_what_is_said_and_done()
    count_readers()


def rate_works() -> None:
    counts = [
        sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        for name in ("ones", "twos", "threes", "fours", "fives")
    ]
    op.create_table(
        "work_ratings",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        *counts,
        sa.Column("rating_count", sa.Integer(), sa.Computed(COUNT, persisted=True), nullable=False),
        sa.Column("rating_stars", sa.BigInteger(), sa.Computed(STARS, persisted=True), nullable=False),
        sa.CheckConstraint(
            "least(ones, twos, threes, fours, fives) >= 0", name=op.f("work_ratings_counts_check")
        ),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("work_ratings_work_id_fkey")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("work_ratings_pkey")),
    )
    op.add_column("books", sa.Column("rating_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("books", sa.Column("rating_stars", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("books_rating_idx", "books", [sa.text(FAIR_SCORE), "id"], postgresql_where=ON_SALE)
    op.create_index("books_whole_stars_idx", "books", [sa.text(WHOLE_STARS)])


def keep_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("purchase", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("reviews_rating_check")),
        sa.CheckConstraint(
            "state IN ('published', 'held', 'rejected', 'withdrawn')", name=op.f("reviews_state_check")
        ),
        sa.CheckConstraint("helpful >= 0", name=op.f("reviews_helpful_check")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("reviews_work_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("reviews_pkey")),
    )
    op.create_index(
        "reviews_one_each_idx",
        "reviews",
        ["work_id", "user_id"],
        unique=True,
        postgresql_where="state <> 'withdrawn'",
    )
    for name, columns, held in INDEXES:
        op.create_index(name, "reviews", columns, unique=False, postgresql_where=held)


def remember_what_is_said_and_done() -> None:
    op.create_table(
        "review_revisions",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("likeness", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("review_revisions_review_id_fkey")),
        sa.PrimaryKeyConstraint("review_id", "revision", name=op.f("review_revisions_pkey")),
    )
    op.create_index(
        "review_revisions_likeness_idx",
        "review_revisions",
        ["likeness"],
        unique=False,
        postgresql_where="likeness IS NOT NULL",
    )
    op.create_table(
        "review_history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("review_history_review_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("review_history_pkey")),
    )
    op.create_index("review_history_review_id_idx", "review_history", ["review_id", "id"], unique=False)
    op.create_index(
        "review_history_writings_idx",
        "review_history",
        ["by", "at"],
        unique=False,
        postgresql_where="deed IN ('written', 'revised')",
    )


def count_readers() -> None:
    op.create_table(
        "review_votes",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("review_votes_review_id_fkey")),
        sa.PrimaryKeyConstraint("review_id", "user_id", name=op.f("review_votes_pkey")),
    )
    op.create_table(
        "review_reports",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("review_reports_review_id_fkey")),
        sa.PrimaryKeyConstraint("review_id", "user_id", name=op.f("review_reports_pkey")),
    )
    op.create_index("review_reports_user_id_idx", "review_reports", ["user_id", "at"], unique=False)


def downgrade() -> None:
    for table in ("review_reports", "review_votes", "review_history", "review_revisions", "reviews"):
        op.drop_table(table)
    op.drop_index("books_whole_stars_idx", table_name="books")
    op.drop_index("books_rating_idx", table_name="books")
    op.drop_column("books", "rating_stars")
    op.drop_column("books", "rating_count")
    op.drop_table("work_ratings")
