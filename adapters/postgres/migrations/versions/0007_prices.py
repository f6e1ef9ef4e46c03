"""What bookstores told, and what their prices have been."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROOM: Final = {"fillfactor": 80}


def upgrade() -> None:
    op.create_table(
        "price_answers",
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Float(53), nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("isbn", "store", name=op.f("price_answers_pkey")),
        postgresql_with=ROOM,
    )
    op.create_table(
        "price_offers",
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("isbn", "store", "offer_id", name=op.f("price_offers_pkey")),
        postgresql_with=ROOM,
    )
    op.create_table(
        "price_runs",
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("landed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint(
            "isbn", "store", "format", "condition", "currency", "began_at", name=op.f("price_runs_pkey")
        ),
        postgresql_partition_by="RANGE (began_at)",
    )
    op.execute("CREATE SCHEMA IF NOT EXISTS price_months")
    op.execute("CREATE TABLE price_months.runs_other PARTITION OF price_runs DEFAULT WITH (fillfactor = 80)")


def downgrade() -> None:
    """The months go with their table."""
    op.drop_table("price_runs")
    op.execute("DROP SCHEMA price_months")
    op.drop_table("price_offers")
    op.drop_table("price_answers")
