"""Bets on meetings: race cards, markets, bets and what became of them, and how readers stand."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SHRUNK: Final = (
    "sign(returned - staked)::bigint * "
    "((2 * 10000 * abs(returned - staked) + staked + 200) / (2 * (staked + 200)))"
)
BRIER: Final = "CASE WHEN settled > 0 THEN (2 * brier_sum + settled) / (2 * settled) ELSE 10000 END"


def upgrade() -> None:
    open_markets()
    take_bets()
    rank_readers()


def open_markets() -> None:
    op.create_table(
        "race_cards",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("bet_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_because", sa.Text(), nullable=True),
        sa.Column("needs_attention", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "locked_because IN ('meeting_near', 'far_ahead', 'first_finish', 'closed')",
            name=op.f("race_cards_locked_because_check"),
        ),
        sa.CheckConstraint(
            "(locked_at IS NULL) = (locked_because IS NULL)", name=op.f("race_cards_locked_check")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("race_cards_meeting_id_fkey")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("race_cards_pkey")),
    )
    op.create_table(
        "markets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("winners", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("season", sa.Text(), nullable=True),
        sa.Column("settles_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disputed_by", sa.Uuid(), nullable=True),
        sa.Column("ruled_by", sa.Uuid(), nullable=True),
        sa.Column("paying", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('first_to_finish', 'finishes', 'attendance')", name=op.f("markets_kind_check")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'locked', 'proposed', 'settled', 'voided')", name=op.f("markets_status_check")
        ),
        sa.CheckConstraint(
            "status <> 'voided' OR void_because IS NOT NULL", name=op.f("markets_void_because_check")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["race_cards.meeting_id"], name=op.f("markets_meeting_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("markets_pkey")),
    )
    op.create_index("markets_meeting_id_idx", "markets", ["meeting_id", "id"])
    op.create_index(
        "markets_one_each_idx",
        "markets",
        ["meeting_id", "kind", "subject"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where="status <> 'voided'",
    )


def take_bets() -> None:
    op.create_table(
        "bets",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "market_id", "meeting_id")),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("club_id", "bettor")),
        sa.Column("horse", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("of_balance", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount BETWEEN 1 AND of_balance", name=op.f("bets_amount_check")),
        sa.CheckConstraint(
            "status IN ('standing', 'withdrawn', 'scratched')", name=op.f("bets_status_check")
        ),
        sa.ForeignKeyConstraint(["market_id"], ["markets.id"], name=op.f("bets_market_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bets_pkey")),
    )
    standing = "status = 'standing'"
    op.create_index(
        "bets_one_each_idx", "bets", ["market_id", "bettor"], unique=True, postgresql_where=standing
    )
    op.create_index("bets_market_id_idx", "bets", ["market_id", "id"], postgresql_where=standing)
    op.create_index("bets_bettor_idx", "bets", ["bettor", "id"])
    op.create_index("bets_club_id_idx", "bets", ["club_id", "id"])
    op.create_table(
        "bet_results",
        sa.Column("bet_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("brier", sa.Integer(), nullable=False),
        sa.Column("explanation", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["bet_id"], ["bets.id"], name=op.f("bet_results_bet_id_fkey")),
        sa.PrimaryKeyConstraint("bet_id", "round", name=op.f("bet_results_pkey")),
    )


def rank_readers() -> None:
    op.create_table(
        "standings",
        sa.Column("season", sa.Text(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in ("settled", "won")),
        *(
            sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
            for name in ("staked", "returned", "brier_sum", "reading")
        ),
        sa.Column(
            "profit", sa.BigInteger(), sa.Computed("returned - staked", persisted=True), nullable=False
        ),
        sa.Column("shrunk_return", sa.BigInteger(), sa.Computed(SHRUNK, persisted=True), nullable=False),
        sa.Column("brier", sa.BigInteger(), sa.Computed(BRIER, persisted=True), nullable=False),
        sa.CheckConstraint(
            "least(settled, won, staked, returned, brier_sum, reading) >= 0",
            name=op.f("standings_sums_check"),
        ),
        sa.PrimaryKeyConstraint("season", "club_id", "user_id", name=op.f("standings_pkey")),
    )
    for name, score in (("profit", "profit DESC"), ("return", "shrunk_return DESC"), ("brier", "brier")):
        op.create_index(
            f"standings_{name}_idx",
            "standings",
            ["season", "club_id", sa.text(score), "user_id"],
            postgresql_where="settled >= 5",
        )
    op.create_index(
        "standings_reading_idx",
        "standings",
        ["season", "club_id", sa.text("reading DESC"), "user_id"],
        postgresql_where="reading > 0",
    )


def downgrade() -> None:
    for table in ("standings", "bet_results", "bets", "markets", "race_cards"):
        op.drop_table(table)
