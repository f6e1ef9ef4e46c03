"""How a coupon stands for a reader who is only asking for a price."""

from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.repositories.promotions import coupon_from
from adapters.postgres.statement import Statement
from domain.promotions.ports import CouponStanding
from domain.shared.ids import UserId

_STANDING: Final = Statement("""
SELECT c.*, (
    SELECT count(*) FROM coupon_redemptions r
    WHERE r.code = c.code AND r.user_id = %(user_id)s AND NOT r.released
) AS used_by_reader
FROM coupons c WHERE c.code = %(code)s
""")


class PostgresCouponStandings:
    """The `CouponStandings` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, code: str, user_id: UserId) -> CouponStanding | None:
        """One read, no lock."""
        row = await self._database.one(_STANDING, code=code, user_id=user_id)
        return None if row is None else CouponStanding(coupon_from(row), row.used_by_reader)
