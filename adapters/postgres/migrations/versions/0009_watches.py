"""Watches, their story, and the prices they wait for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keep_watches()
    find_them()
    tell_and_hear()


def keep_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("formats", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("conditions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_begin", sa.Time(), nullable=True),
        sa.Column("quiet_end", sa.Time(), nullable=True),
        sa.Column("quiet_zone", sa.Text(), nullable=True),
        sa.Column("quantity", sa.SmallInteger(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("veto_seconds", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("fired_at", sa.BigInteger(), nullable=True),
        sa.Column("clears", sa.SmallInteger(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("veto_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("bought", sa.SmallInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("last_failure", sa.Text(), nullable=True),
        sa.Column("after_purchase", sa.Text(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("notices", postgresql.JSONB(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("needs_attention", sa.Text(), nullable=True),
        sa.Column("wakes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_particulars", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "status IN ('active', 'paused', 'awaiting_veto', 'buying', 'ended')",
            name=op.f("watches_status_check"),
        ),
        sa.CheckConstraint("bought BETWEEN 0 AND coalesce(quantity, 0)", name=op.f("watches_bought_check")),
        sa.CheckConstraint(
            "coalesce(spent, 0) BETWEEN 0 AND coalesce(budget, 0)", name=op.f("watches_spent_check")
        ),
        sa.CheckConstraint("num_nulls(quantity, budget) IN (0, 2)", name=op.f("watches_buying_check")),
        sa.CheckConstraint(
            "num_nulls(quiet_begin, quiet_end, quiet_zone) IN (0, 3)", name=op.f("watches_quiet_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("watches_pkey")),
    )


def find_them() -> None:
    op.create_index("watches_open_isbn_idx", "watches", ["isbn"], postgresql_where="status <> 'ended'")
    op.create_index(
        "watches_purchase_id_idx", "watches", ["purchase_id"], postgresql_where="purchase_id IS NOT NULL"
    )
    op.create_index("watches_user_id_idx", "watches", ["user_id", "id"])
    op.create_index(
        "watches_waiting_idx",
        "watches",
        ["isbn", "id"],
        postgresql_where="status IN ('active', 'awaiting_veto')",
    )
    op.create_index("watches_wakes_at_idx", "watches", ["wakes_at"], postgresql_where="wakes_at IS NOT NULL")


def tell_and_hear() -> None:
    op.create_table(
        "watch_timeline",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("watch_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name=op.f("watch_timeline_watch_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("watch_timeline_pkey")),
    )
    op.create_index("watch_timeline_watch_id_idx", "watch_timeline", ["watch_id", "id"])
    op.create_table(
        "watched_prices",
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("isbn", "format", "condition", "currency", name=op.f("watched_prices_pkey")),
    )


def downgrade() -> None:
    op.drop_table("watched_prices")
    op.drop_table("watch_timeline")
    op.drop_table("watches")
