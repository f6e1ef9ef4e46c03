"""What clubs wait for together, and whose watch is a part of it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "club_buys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("club_buys_club_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("club_buys_pkey")),
    )
    op.create_index("club_buys_club_id_idx", "club_buys", ["club_id", "id"], unique=False)
    op.create_table(
        "club_buy_shares",
        sa.Column("buy_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("watch_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["buy_id"], ["club_buys.id"], name=op.f("club_buy_shares_buy_id_fkey")),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name=op.f("club_buy_shares_watch_id_fkey")),
        sa.PrimaryKeyConstraint("buy_id", "user_id", name=op.f("club_buy_shares_pkey")),
        sa.UniqueConstraint("watch_id", name=op.f("club_buy_shares_watch_id_key")),
    )


def downgrade() -> None:
    op.drop_table("club_buy_shares")
    op.drop_table("club_buys")
