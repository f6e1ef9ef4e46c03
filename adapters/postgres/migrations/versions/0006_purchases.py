"""Purchases at other stores, with their ledger and what readers may spend."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN: Final = (
    "status IN ('received', 'cap_reserved', 'quoted', 'authorised', 'revalidated', 'ordered', 'captured')"
)
STATUS: Final = (
    "status IN ('received', 'cap_reserved', 'quoted', 'authorised', 'revalidated', 'ordered', 'captured',"
    " 'done', 'cap_denied', 'no_offer', 'too_dear', 'declined', 'price_moved', 'store_rejected', 'cancelled',"
    " 'refunded')"
)


def upgrade() -> None:
    keep_purchases()
    tell_and_count()
    limit_and_reckon()


def keep_purchases() -> None:
    op.create_table(
        "purchases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("conditions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("max_price", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("money_status", sa.Text(), nullable=False),
        sa.Column("store_status", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cap_reserved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.BigInteger(), nullable=False),
        sa.Column("quote", postgresql.JSONB(), nullable=True),
        sa.Column("lowest", postgresql.JSONB(), nullable=True),
        sa.Column("looked", postgresql.JSONB(), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=True),
        sa.Column("discrepancy", sa.Text(), nullable=True),
        sa.Column("captures_refused", sa.SmallInteger(), nullable=False),
        sa.Column("payment_reference", sa.Text(), nullable=True),
        sa.Column("action_url", sa.Text(), nullable=True),
        sa.Column("captured", sa.BigInteger(), nullable=True),
        sa.Column("refunded", sa.BigInteger(), nullable=True),
        sa.Column("charged", sa.BigInteger(), nullable=True),
        sa.Column("needs_attention", sa.Text(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(STATUS, name=op.f("purchases_status_check")),
        sa.CheckConstraint(
            "max_price > 0 AND counts BETWEEN 0 AND max_price", name=op.f("purchases_counts_check")
        ),
        sa.CheckConstraint("captured BETWEEN 0 AND max_price", name=op.f("purchases_captured_check")),
        sa.CheckConstraint("refunded BETWEEN 0 AND captured", name=op.f("purchases_refunded_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("purchases_pkey")),
    )
    op.create_index("purchases_user_id_idx", "purchases", ["user_id", "id"])
    op.create_index("purchases_received_at_idx", "purchases", ["received_at"])
    op.create_index(
        "purchases_counting_idx",
        "purchases",
        ["user_id", "currency", "cap_reserved_at"],
        postgresql_where="counts > 0",
    )
    op.create_index("purchases_open_idx", "purchases", ["id"], postgresql_where=OPEN)


def tell_and_count() -> None:
    op.create_table(
        "purchase_timeline",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name=op.f("purchase_timeline_purchase_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("purchase_timeline_pkey")),
    )
    op.create_index("purchase_timeline_purchase_id_idx", "purchase_timeline", ["purchase_id", "id"])
    op.create_table(
        "purchase_ledger",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("taken_from", sa.Text(), nullable=False),
        sa.Column("given_to", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount > 0 AND taken_from <> given_to", name=op.f("purchase_ledger_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchases.id"], name=op.f("purchase_ledger_purchase_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("purchase_ledger_pkey")),
        sa.UniqueConstraint("key", name=op.f("purchase_ledger_key_key")),
    )
    op.create_index("purchase_ledger_purchase_id_idx", "purchase_ledger", ["purchase_id", "id"])


def limit_and_reckon() -> None:
    op.create_table(
        "purchase_caps",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("per_purchase", sa.BigInteger(), nullable=True),
        sa.Column("per_day", sa.BigInteger(), nullable=True),
        sa.Column("per_month", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(per_purchase, per_day, per_month) IN (0, 3)", name=op.f("purchase_caps_own_check")
        ),
        sa.PrimaryKeyConstraint("user_id", "currency", name=op.f("purchase_caps_pkey")),
    )
    op.create_table(
        "purchase_reconciliations",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purchases", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("findings", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("purchase_reconciliations_pkey")),
    )


def downgrade() -> None:
    for table in (
        "purchase_reconciliations",
        "purchase_caps",
        "purchase_ledger",
        "purchase_timeline",
        "purchases",
    ):
        op.drop_table(table)
