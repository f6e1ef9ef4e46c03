"""Put a coupon out."""

from dataclasses import dataclass
from datetime import datetime

from application.shared.unit_of_work import UnitOfWork
from domain.promotions.coupon import Coupon, normalise_code
from domain.promotions.reduction import Reduction
from domain.shared.clock import Clock
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponTerms:
    """What staff decides. Without `starts_at` it is valid at once; a limit of None is no limit."""

    code: str
    reduction: Reduction
    starts_at: datetime | None
    ends_at: datetime | None
    total_limit: int | None
    per_user_limit: int | None
    minimum_subtotal: Money | None


class CreateCoupon:
    """Staff puts a coupon out. Its terms never change afterwards: readers were promised them."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, terms: CouponTerms) -> Coupon:
        """Raises `InvalidInput` naming the term that cannot be, or `CouponExists`."""
        coupon = Coupon(
            code=normalise_code(terms.code),
            reduction=terms.reduction,
            starts_at=terms.starts_at or self._clock.now(),
            ends_at=terms.ends_at,
            total_limit=terms.total_limit,
            per_user_limit=terms.per_user_limit,
            minimum_subtotal=terms.minimum_subtotal,
        )
        async with self._unit_of_work() as work:
            await work.coupons.add(coupon)
        return coupon
