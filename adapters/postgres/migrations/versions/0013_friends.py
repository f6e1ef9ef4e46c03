"""What is between readers, and the cards by which they find each other."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tie_readers()
    print_cards()


def tie_readers() -> None:
    op.create_table(
        "friendships",
        sa.Column("lesser", sa.Uuid(), nullable=False),
        sa.Column("greater", sa.Uuid(), nullable=False),
        sa.Column("bond", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in (
                "lesser_declined_at",
                "greater_declined_at",
                "lesser_blocks_at",
                "greater_blocks_at",
            )
        ),
        sa.CheckConstraint("lesser < greater", name=op.f("friendships_unordered_check")),
        sa.CheckConstraint("bond IN ('apart', 'asked', 'friends')", name=op.f("friendships_bond_check")),
        sa.CheckConstraint("(bond = 'asked') = (asked_by IS NOT NULL)", name=op.f("friendships_asked_check")),
        sa.CheckConstraint(
            "asked_by IN (lesser, greater)", name=op.f("friendships_asked_by_one_of_them_check")
        ),
        sa.CheckConstraint("(bond = 'apart') = (since IS NULL)", name=op.f("friendships_since_check")),
        sa.CheckConstraint(
            "bond = 'apart' OR (lesser_blocks_at IS NULL AND greater_blocks_at IS NULL)",
            name=op.f("friendships_blocked_is_apart_check"),
        ),
        sa.CheckConstraint(
            "bond <> 'apart' OR coalesce(lesser_declined_at, greater_declined_at, lesser_blocks_at,"
            " greater_blocks_at) IS NOT NULL",
            name=op.f("friendships_worth_keeping_check"),
        ),
        sa.ForeignKeyConstraint(["lesser"], ["users.id"], name=op.f("friendships_lesser_fkey")),
        sa.ForeignKeyConstraint(["greater"], ["users.id"], name=op.f("friendships_greater_fkey")),
        sa.PrimaryKeyConstraint("lesser", "greater", name=op.f("friendships_pkey")),
    )
    for side, other in (("lesser", "greater"), ("greater", "lesser")):
        op.create_index(
            f"friendships_{side}_idx",
            "friendships",
            [side, "bond", "since", other],
            unique=False,
            postgresql_where="bond <> 'apart'",
        )
        op.create_index(
            f"friendships_{side}_blocks_idx",
            "friendships",
            [side, f"{side}_blocks_at", other],
            unique=False,
            postgresql_where=f"{side}_blocks_at IS NOT NULL",
        )
    op.create_index(
        "friendships_asked_by_idx",
        "friendships",
        ["asked_by"],
        unique=False,
        postgresql_where="asked_by IS NOT NULL",
    )


def print_cards() -> None:
    op.create_table(
        "calling_cards",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("calling_cards_user_id_fkey")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("calling_cards_pkey")),
        sa.UniqueConstraint("code", name=op.f("calling_cards_code_key")),
    )


def downgrade() -> None:
    op.drop_table("calling_cards")
    op.drop_table("friendships")
