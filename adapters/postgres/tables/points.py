"""Points: accounts, transactions and their entries. What holds for them holds whatever code writes them."""

from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    event,
)

from adapters.postgres.tables.metadata import metadata

# `balance` is moved by a trigger on the entries, and by nothing else. `floor` is how far below zero reversals
# have taken it: nobody else falls below, and it rises with the balance. The mint owes what was minted.
points_accounts: Final = Table(
    "points_accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("balance", BigInteger, nullable=False, server_default="0"),
    Column("floor", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("kind IN ('reader', 'market', 'mint', 'burn')", name="kind"),
    CheckConstraint("floor <= 0 AND (kind = 'mint' OR balance >= floor)", name="balance"),
)

points_transactions: Final = Table(
    "points_transactions",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False),
    Column("movement", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reverses", Text, ForeignKey("points_transactions.key")),
    UniqueConstraint("key"),
    UniqueConstraint("reverses"),  # once
    CheckConstraint(
        "movement IN ('grant', 'burn', 'stake', 'stake_back', 'payout', 'reversal')", name="movement"
    ),
    CheckConstraint("(movement = 'reversal') = (reverses IS NOT NULL)", name="reverses"),
)

points_entries: Final = Table(
    "points_entries",
    metadata,
    Column("transaction_id", BigInteger, ForeignKey("points_transactions.id"), primary_key=True),
    Column("account_id", Uuid, ForeignKey("points_accounts.id"), primary_key=True),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount <> 0", name="amount"),
    Index("points_entries_account_id_idx", "account_id", "transaction_id"),
)

# What the reading of a work has earned its reader in all: one row to wait for while more is paid.
points_reading: Final = Table(
    "points_reading",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("work_id", Uuid, primary_key=True),
    Column("paid", Integer, nullable=False, server_default="0"),
    CheckConstraint("paid BETWEEN 0 AND 100", name="paid"),
)

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
for _rule in (MOVE_POINTS, ADD_UP, STAND):
    event.listen(points_entries, "after_create", DDL(_rule.replace("%", "%%")))  # type: ignore[no-untyped-call] # SQLAlchemy's gap
