"""Coupons in memory, proven equal to the real ones by the contract suite."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.promotions.coupon import Coupon
from domain.promotions.errors import (
    CouponExhausted,
    CouponExists,
    CouponNotFound,
    CouponNotValid,
    CouponUsedUp,
)
from domain.promotions.ports import CouponStanding
from domain.shared.ids import OrderId, UserId


@dataclass
class _Redemption:
    code: str
    user_id: UserId
    released: bool = False


class InMemoryCoupons:
    """The `Coupons` and the `CouponStandings` port in one."""

    def __init__(self) -> None:
        self._coupons: dict[str, Coupon] = {}
        self._redemptions: dict[OrderId, _Redemption] = {}

    async def get(self, code: str) -> Coupon:
        coupon = self._coupons.get(code)
        if coupon is None:
            raise CouponNotFound("There is no such coupon.")
        return replace(coupon, used=len(self._standing(code)))

    async def add(self, coupon: Coupon) -> None:
        if coupon.code in self._coupons:
            raise CouponExists("Choose another code.")
        self._coupons[coupon.code] = coupon

    async def redeem(self, code: str, order_id: OrderId, user_id: UserId, at: datetime) -> None:
        if order_id in self._redemptions and not self._redemptions[order_id].released:
            return
        try:
            coupon = await self.get(code)
        except CouponNotFound as unknown:
            raise CouponNotValid("There is no such coupon.") from unknown
        coupon.ensure_runs(at)
        if coupon.total_limit is not None and coupon.used >= coupon.total_limit:
            raise CouponExhausted("Every use is taken.")
        if coupon.per_user_limit is not None and self._used_by(code, user_id) >= coupon.per_user_limit:
            raise CouponUsedUp("You have used it.")
        self._redemptions[order_id] = _Redemption(code, user_id)

    async def release(self, order_id: OrderId) -> None:
        if order_id in self._redemptions:
            self._redemptions[order_id].released = True

    async def of(self, code: str, user_id: UserId) -> CouponStanding | None:
        if code not in self._coupons:
            return None
        return CouponStanding(await self.get(code), self._used_by(code, user_id))

    def _standing(self, code: str) -> list[_Redemption]:
        return [r for r in self._redemptions.values() if r.code == code and not r.released]

    def _used_by(self, code: str, user_id: UserId) -> int:
        return sum(1 for redemption in self._standing(code) if redemption.user_id == user_id)
