"""Points: accounts, transactions that add up to zero, and what reading has earned."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Balances follow entries. Everybody locks accounts in the same order, and the busy ones last: markets, then
# the mint. Each statement makes the commit look anew at what it wrote.
MOVE_POINTS: Final = """
CREATE FUNCTION move_points() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM points_accounts a WHERE a.id IN (SELECT w.account_id FROM written w)
        ORDER BY a.kind <> 'reader', a.id FOR NO KEY UPDATE;
    UPDATE points_accounts a SET balance = a.balance + w.amount,
        floor = least(0, CASE WHEN w.reversal THEN a.balance + w.amount
                              ELSE greatest(a.floor, a.balance + w.amount) END)
    FROM (SELECT e.account_id, sum(e.amount)::bigint AS amount, bool_or(t.movement = 'reversal') AS reversal
          FROM written e JOIN points_transactions t ON t.id = e.transaction_id GROUP BY 1) w
    WHERE a.id = w.account_id;
    PERFORM set_config('octavo.points_checked', '', true);
    RETURN NULL;
END $$;
CREATE TRIGGER move_points AFTER INSERT ON points_entries REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION move_points();
"""
# At the commit, once for each transaction and not for each of its entries.
ADD_UP: Final = """
CREATE FUNCTION points_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('octavo.points_checked', true) IS DISTINCT FROM NEW.transaction_id::text THEN
        IF (SELECT sum(amount) FROM points_entries WHERE transaction_id = NEW.transaction_id) <> 0 THEN
            RAISE EXCEPTION 'the points of transaction % do not add up to zero', NEW.transaction_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'points_add_up';
        END IF;
        PERFORM set_config('octavo.points_checked', NEW.transaction_id::text, true);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER points_add_up AFTER INSERT ON points_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION points_add_up();
"""
STAND: Final = """
CREATE FUNCTION points_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books of points are only added to: reverse what is wrong';
END $$;
CREATE TRIGGER points_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON points_transactions
    FOR EACH STATEMENT EXECUTE FUNCTION points_stand();
CREATE TRIGGER points_stand BEFORE UPDATE OR DELETE OR TRUNCATE ON points_entries
    FOR EACH STATEMENT EXECUTE FUNCTION points_stand();
"""


def upgrade() -> None:
    op.create_table(
        "points_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("floor", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind IN ('reader', 'market', 'mint', 'burn')", name=op.f("points_accounts_kind_check")
        ),
        sa.CheckConstraint(
            "floor <= 0 AND (kind = 'mint' OR balance >= floor)", name=op.f("points_accounts_balance_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("points_accounts_pkey")),
    )
    op.create_table(
        "points_transactions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("movement", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reverses", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "movement IN ('grant', 'burn', 'stake', 'stake_back', 'payout', 'reversal')",
            name=op.f("points_transactions_movement_check"),
        ),
        sa.CheckConstraint(
            "(movement = 'reversal') = (reverses IS NOT NULL)",
            name=op.f("points_transactions_reverses_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("points_transactions_pkey")),
        sa.UniqueConstraint("key", name=op.f("points_transactions_key_key")),
        sa.UniqueConstraint("reverses", name=op.f("points_transactions_reverses_key")),
        sa.ForeignKeyConstraint(
            ["reverses"], ["points_transactions.key"], name=op.f("points_transactions_reverses_fkey")
        ),
    )
    op.create_table(
        "points_entries",
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("points_entries_amount_check")),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["points_transactions.id"], name=op.f("points_entries_transaction_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["points_accounts.id"], name=op.f("points_entries_account_id_fkey")
        ),
        sa.PrimaryKeyConstraint("transaction_id", "account_id", name=op.f("points_entries_pkey")),
    )
    op.create_index("points_entries_account_id_idx", "points_entries", ["account_id", "transaction_id"])
    op.create_table(
        "points_reading",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("paid", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("paid BETWEEN 0 AND 100", name=op.f("points_reading_paid_check")),
        sa.PrimaryKeyConstraint("user_id", "work_id", name=op.f("points_reading_pkey")),
    )
    for rule in (MOVE_POINTS, ADD_UP, STAND):
        op.execute(rule)


def downgrade() -> None:
    for table in ("points_reading", "points_entries", "points_transactions", "points_accounts"):
        op.drop_table(table)
    for function in ("move_points", "points_add_up", "points_stand"):
        op.execute(f"DROP FUNCTION {function}")
