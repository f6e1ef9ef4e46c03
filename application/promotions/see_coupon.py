"""Look up a coupon."""

from application.shared.unit_of_work import UnitOfWork
from domain.promotions.coupon import Coupon, normalise_code


class SeeCoupon:
    """Staff sees a coupon's terms and how many of its uses are taken."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, code: str) -> Coupon:
        """However the code is typed; raises `CouponNotFound`."""
        async with self._unit_of_work() as work:
            return await work.coupons.get(normalise_code(code))
