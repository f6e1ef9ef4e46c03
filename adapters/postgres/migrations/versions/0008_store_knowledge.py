"""What was learnt of bookstores, and which of their prices are doubted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "store_experience",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("trade", sa.Text(), nullable=False),
        sa.Column("asked", sa.Float(53), nullable=False),
        sa.Column("sold", sa.Float(53), nullable=False),
        sa.Column("premiums", postgresql.JSONB(), nullable=False),
        sa.Column("counted_at", sa.Float(53), nullable=False),
        sa.Column("found_right", sa.Integer(), nullable=False),
        sa.Column("found_wrong", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Float(53), nullable=False),
        sa.Column("call_seconds", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("store", "trade", name=op.f("store_experience_pkey")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "price_doubts",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("isbn", "store", "offer_id", "seller", "format", "condition", "currency")
        ),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("item", "shipping", "tax")),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usual", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("price_doubts_pkey")),
    )
    op.create_index(
        "price_doubts_once",
        "price_doubts",
        ["isbn", "store", "offer_id", "item", "shipping", "tax"],
        unique=True,
    )
    op.create_index(
        "price_doubts_waiting",
        "price_doubts",
        ["since", "id"],
        postgresql_where=sa.text("standing = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("price_doubts")
    op.drop_table("store_experience")
