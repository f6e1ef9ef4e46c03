"""Coupons in PostgreSQL."""

from datetime import datetime
from typing import Final

from psycopg.errors import UniqueViolation
from sqlalchemy import bindparam, insert, select

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from adapters.postgres.tables.promotions import coupons
from domain.promotions.coupon import Coupon
from domain.promotions.errors import (
    CouponExhausted,
    CouponExists,
    CouponNotFound,
    CouponNotValid,
    CouponUsedUp,
)
from domain.promotions.reduction import Fixed, Percentage
from domain.shared.ids import OrderId, UserId
from domain.shared.money import Money

_ADD: Final = Statement(insert(coupons))
_GET: Final = Statement(select(coupons).where(coupons.c.code == bindparam("of_code")))

# The row's lock is held until the order is written or given up, and the predicate is checked again on the
# newest version after a wait (READ COMMITTED): no two orders get the last use.
_TAKE: Final = Statement("""
UPDATE coupons SET used = used + 1
WHERE code = %(code)s AND (total_limit IS NULL OR used < total_limit)
  AND starts_at <= %(at)s AND (ends_at IS NULL OR %(at)s < ends_at)
  AND NOT EXISTS (SELECT FROM coupon_redemptions WHERE order_id = %(order_id)s)
RETURNING per_user_limit
""")
# A statement of its own, begun after the lock was taken: it sees whatever the same reader redeemed before.
_REDEEM: Final = Statement("""
INSERT INTO coupon_redemptions (order_id, code, user_id, redeemed_at)
SELECT %(order_id)s, %(code)s, %(user_id)s, %(at)s
WHERE %(limit)s::int IS NULL OR %(limit)s > (
    SELECT count(*) FROM coupon_redemptions WHERE code = %(code)s AND user_id = %(user_id)s AND NOT released
)
""")
_REDEEMED: Final = Statement("""
SELECT FROM coupon_redemptions WHERE order_id = %(order_id)s AND code = %(code)s AND NOT released
""")
_RELEASE: Final = Statement("""
WITH freed AS (
    UPDATE coupon_redemptions SET released = TRUE WHERE order_id = %(order_id)s AND NOT released
    RETURNING code
)
UPDATE coupons c SET used = c.used - 1 FROM freed WHERE c.code = freed.code
""")


class PostgresCoupons:
    """The `Coupons` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, code: str) -> Coupon:
        """By its normalised code."""
        row = await self._connection.one(_GET, of_code=code)
        if row is None:
            raise CouponNotFound("There is no such coupon.")
        return coupon_from(row)

    async def add(self, coupon: Coupon) -> None:
        """A code is given out once."""
        try:
            await self._connection.run(_ADD, **_row(coupon))
        except UniqueViolation as taken:
            raise CouponExists(f"There is a coupon {coupon.code} already; choose another code.") from taken

    async def redeem(self, code: str, order_id: OrderId, user_id: UserId, at: datetime) -> None:
        """Take a use, then make sure that it is not one too many for this reader."""
        taken = await self._connection.one(_TAKE, code=code, order_id=order_id, at=at)
        if taken is None:
            await self._explain_refusal(code, order_id, at)
            return
        written = await self._connection.run(
            _REDEEM, code=code, order_id=order_id, user_id=user_id, at=at, limit=taken.per_user_limit
        )
        if written == 0:
            raise CouponUsedUp(f"You have used {code} as often as one reader may.")

    async def release(self, order_id: OrderId) -> None:
        """One statement, so that a use comes back with its mark or not at all."""
        await self._connection.run(_RELEASE, order_id=order_id)

    async def _explain_refusal(self, code: str, order_id: OrderId, at: datetime) -> None:
        """Silent where this order has its use already."""
        if await self._connection.one(_REDEEMED, code=code, order_id=order_id) is not None:
            return
        row = await self._connection.one(_GET, of_code=code)
        if row is None:
            raise CouponNotValid("There is no such coupon.")
        coupon_from(row).ensure_runs(at)
        raise CouponExhausted(f"Every use of {code} is taken.")


def coupon_from(row: Row) -> Coupon:
    """The coupon from its row."""
    return Coupon(
        code=row.code,
        reduction=Percentage(row.basis_points)
        if row.basis_points is not None
        else Fixed(Money(row.amount, row.currency)),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        total_limit=row.total_limit,
        per_user_limit=row.per_user_limit,
        minimum_subtotal=None
        if row.minimum_amount is None
        else Money(row.minimum_amount, row.minimum_currency),
        used=row.used,
    )


def _row(coupon: Coupon) -> dict[str, object]:
    fixed = coupon.reduction.amount if isinstance(coupon.reduction, Fixed) else None
    least = coupon.minimum_subtotal
    return {
        "code": coupon.code,
        "basis_points": coupon.reduction.basis_points if isinstance(coupon.reduction, Percentage) else None,
        "amount": fixed.amount if fixed else None,
        "currency": fixed.currency if fixed else None,
        "starts_at": coupon.starts_at,
        "ends_at": coupon.ends_at,
        "total_limit": coupon.total_limit,
        "per_user_limit": coupon.per_user_limit,
        "minimum_amount": least.amount if least else None,
        "minimum_currency": least.currency if least else None,
        "used": coupon.used,
    }
