"""What readers ask for, which books wait at which store to have their prices kept fresh, and outages."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    count_demand()
    wait_at_stores()
    op.create_table(
        "store_outages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("store_outages_pkey")),
    )
    op.create_index(
        "store_outages_open_idx",
        "store_outages",
        ["store"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("store_outages_began_at_idx", "store_outages", ["began_at"])


def count_demand() -> None:
    op.create_table(
        "book_demand",
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("once_at", sa.Float(53), nullable=False),
        sa.Column("expected", sa.Float(53), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("isbn", name=op.f("book_demand_pkey")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("book_demand_once_at_idx", "book_demand", ["once_at"])
    op.create_index("book_demand_moved_at_idx", "book_demand", ["moved_at"])
    op.create_index(
        "book_demand_expected_idx", "book_demand", ["isbn"], postgresql_where=sa.text("expected > 0")
    )
    op.create_table(
        "question_weeks",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("week", sa.SmallInteger(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", "week", name=op.f("question_weeks_pkey")),
    )


def wait_at_stores() -> None:
    op.create_table(
        "refresh_queue",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("bucket", sa.SmallInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("store", "isbn", name=op.f("refresh_queue_pkey")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "refresh_queue_waiting_idx",
        "refresh_queue",
        ["store", "bucket", "asked_at"],
        postgresql_where=sa.text("given_up_at IS NULL"),
    )
    op.create_index(
        "refresh_queue_given_up_idx",
        "refresh_queue",
        ["store", "given_up_at"],
        postgresql_where=sa.text("given_up_at IS NOT NULL"),
    )
    op.create_table(
        "refresh_stores",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("price", sa.Float(53), nullable=True),
        sa.Column("joined_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("store", name=op.f("refresh_stores_pkey")),
    )


def downgrade() -> None:
    for table in ("store_outages", "refresh_stores", "refresh_queue", "question_weeks", "book_demand"):
        op.drop_table(table)
