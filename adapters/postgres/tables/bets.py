"""Bets on meetings: race cards, markets, bets, what became of them, and how readers stand."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from adapters.postgres.tables.metadata import metadata

_PLACE: Final = ("season", "club_id")
_ENOUGH: Final = "settled >= 5"

# One gate for all markets of a meeting: bets share its lock, whoever locks bets or scratches takes it alone.
race_cards: Final = Table(
    "race_cards",
    metadata,
    Column("meeting_id", Uuid, ForeignKey("meetings.id"), primary_key=True),
    Column("club_id", Uuid, nullable=False),
    Column("bet_for", DateTime(timezone=True), nullable=False),
    Column("locked_at", DateTime(timezone=True)),
    Column("locked_because", Text),
    Column("needs_attention", Text),
    CheckConstraint(
        "locked_because IN ('meeting_near', 'far_ahead', 'first_finish', 'closed')", name="locked_because"
    ),
    CheckConstraint("(locked_at IS NULL) = (locked_because IS NULL)", name="locked"),
)

markets: Final = Table(
    "markets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting_id", Uuid, ForeignKey("race_cards.meeting_id"), nullable=False),
    Column("club_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("subject", Uuid),
    Column("line", Integer),
    Column("status", Text, nullable=False),
    Column("round", SmallInteger, nullable=False),
    Column("winners", ARRAY(Text), nullable=False),
    Column("void_because", Text),
    Column("season", Text),
    Column("settles_at", DateTime(timezone=True)),
    Column("disputed_by", Uuid),
    Column("ruled_by", Uuid),
    Column("paying", Boolean, nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    CheckConstraint("kind IN ('first_to_finish', 'finishes', 'attendance')", name="kind"),
    CheckConstraint("status IN ('open', 'locked', 'proposed', 'settled', 'voided')", name="status"),
    CheckConstraint("status <> 'voided' OR void_because IS NOT NULL", name="void_because"),
    Index("markets_meeting_id_idx", "meeting_id", "id"),
    # One of a kind about somebody; another one only where it is void.
    Index(
        "markets_one_each_idx",
        "meeting_id",
        "kind",
        "subject",
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where="status <> 'voided'",
    ),
)

# Their bettors are ids: whoever is erased leaves bets that stand, and points that add up.
bets: Final = Table(
    "bets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("market_id", Uuid, ForeignKey("markets.id"), nullable=False),
    Column("meeting_id", Uuid, nullable=False),
    Column("club_id", Uuid, nullable=False),
    Column("bettor", Uuid, nullable=False),
    Column("horse", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("of_balance", BigInteger, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("amount BETWEEN 1 AND of_balance", name="amount"),
    CheckConstraint("status IN ('standing', 'withdrawn', 'scratched')", name="status"),
    # One bet for each reader and market; what was taken back does not count.
    Index("bets_one_each_idx", "market_id", "bettor", unique=True, postgresql_where="status = 'standing'"),
    Index("bets_market_id_idx", "market_id", "id", postgresql_where="status = 'standing'"),
    Index("bets_bettor_idx", "bettor", "id"),
    Index("bets_club_id_idx", "club_id", "id"),  # what is usual in a club: the last hundred
)

# Why each bettor got what they got, a row for each round of the market; never changed.
bet_results: Final = Table(
    "bet_results",
    metadata,
    Column("bet_id", Uuid, ForeignKey("bets.id"), primary_key=True),
    Column("round", SmallInteger, primary_key=True),
    Column("brier", Integer, nullable=False),
    Column("explanation", JSONB, nullable=False),
)

# What settled markets and reading add up to, in each club and (the nil id) in all together. Changed in the
# transaction that pays.
standings: Final = Table(
    "standings",
    metadata,
    Column("season", Text, primary_key=True),
    Column("club_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("settled", Integer, nullable=False, server_default="0"),
    Column("won", Integer, nullable=False, server_default="0"),
    Column("staked", BigInteger, nullable=False, server_default="0"),
    Column("returned", BigInteger, nullable=False, server_default="0"),
    Column("brier_sum", BigInteger, nullable=False, server_default="0"),
    Column("reading", BigInteger, nullable=False, server_default="0"),
    Column("profit", BigInteger, Computed("returned - staked", persisted=True), nullable=False),
    # As in the core, each a whole number rounded half away from zero.
    Column(
        "shrunk_return",
        BigInteger,
        Computed(
            "sign(returned - staked)::bigint * "
            "((2 * 10000 * abs(returned - staked) + staked + 200) / (2 * (staked + 200)))",
            persisted=True,
        ),
        nullable=False,
    ),
    Column(
        "brier",
        BigInteger,
        Computed(
            "CASE WHEN settled > 0 THEN (2 * brier_sum + settled) / (2 * settled) ELSE 10000 END",
            persisted=True,
        ),
        nullable=False,
    ),
    CheckConstraint("least(settled, won, staked, returned, brier_sum, reading) >= 0", name="sums"),
    # One for each way to rank: a page is read along it, however many readers there are.
    Index("standings_profit_idx", *_PLACE, text("profit DESC"), "user_id", postgresql_where=_ENOUGH),
    Index("standings_return_idx", *_PLACE, text("shrunk_return DESC"), "user_id", postgresql_where=_ENOUGH),
    Index("standings_brier_idx", *_PLACE, "brier", "user_id", postgresql_where=_ENOUGH),
    Index("standings_reading_idx", *_PLACE, text("reading DESC"), "user_id", postgresql_where="reading > 0"),
)
