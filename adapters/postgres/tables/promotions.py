"""Coupons and every use of them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    false,
)

from adapters.postgres.tables.metadata import metadata

# `used` is counted here, under the row's lock, so that the limit holds whoever comes at the same moment.
coupons: Final = Table(
    "coupons",
    metadata,
    Column("code", Text, primary_key=True),
    Column("basis_points", Integer),
    Column("amount", BigInteger),
    Column("currency", Text),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True)),
    Column("total_limit", Integer),
    Column("per_user_limit", Integer),
    Column("minimum_amount", BigInteger),
    Column("minimum_currency", Text),
    Column("used", Integer, nullable=False, server_default="0"),
    CheckConstraint("code = upper(code)", name="normalised"),
    CheckConstraint("(basis_points IS NULL) <> (amount IS NULL)", name="one_reduction"),
    CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_is_money"),
    CheckConstraint("(minimum_amount IS NULL) = (minimum_currency IS NULL)", name="minimum_is_money"),
    CheckConstraint("used >= 0 AND (total_limit IS NULL OR used <= total_limit)", name="never_overused"),
    postgresql_with={"fillfactor": 50},  # a popular coupon's row is updated in place (HOT)
)

coupon_redemptions: Final = Table(
    "coupon_redemptions",
    metadata,
    Column("order_id", Uuid, primary_key=True),
    Column("code", Text, ForeignKey("coupons.code"), nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("redeemed_at", DateTime(timezone=True), nullable=False),
    Column("released", Boolean, nullable=False, server_default=false()),
    # What a reader still has in use, counted at every redemption.
    Index("coupon_redemptions_standing_idx", "code", "user_id", postgresql_where="NOT released"),
)
