"""What travels in bodies under /v1/coupons."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from application.promotions.create_coupon import CouponTerms
from domain.promotions.coupon import Coupon as DomainCoupon
from domain.promotions.reduction import Fixed, Percentage, Reduction
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

Moment = Annotated[datetime, Meta(tz=True, description="ISO 8601 with its offset.")]
BasisPoints = Annotated[int, Meta(description="Part of the books' price: 1000 is 10 %.", examples=[1000])]


class NewCoupon(Struct, frozen=True, forbid_unknown_fields=True):
    """Either `basis_points` or `amount` is taken off; a limit left out is no limit."""

    code: Annotated[str, Meta(examples=["WELCOME10"], description="Compared without case.")]
    basis_points: BasisPoints | None = None
    amount: Money | None = None
    total_limit: int | None = None
    per_user_limit: int | None = None
    starts_at: Annotated[Moment | None, Meta(description="Left out: at once.")] = None
    ends_at: Moment | None = None
    minimum_subtotal: Money | None = None

    def terms(self) -> CouponTerms:
        """From the wire; raises `InvalidInput` naming the field."""
        return CouponTerms(
            code=self.code,
            reduction=self._reduction(),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            total_limit=self.total_limit,
            per_user_limit=self.per_user_limit,
            minimum_subtotal=self.minimum_subtotal,
        )

    def _reduction(self) -> Reduction:
        if self.basis_points is not None and self.amount is None:
            return Percentage(self.basis_points)
        if self.amount is not None and self.basis_points is None:
            return Fixed(self.amount)
        raise InvalidInput("basis_points", "Give either basis_points or amount.")


class Coupon(Struct, frozen=True):
    """A coupon's terms; `used` counts the uses that were not given back."""

    code: str
    basis_points: BasisPoints | None
    amount: Money | None
    total_limit: int | None
    per_user_limit: int | None
    starts_at: datetime
    ends_at: datetime | None
    minimum_subtotal: Money | None
    used: int

    @classmethod
    def of(cls, coupon: DomainCoupon) -> "Coupon":
        """To the wire."""
        reduction = coupon.reduction
        return cls(
            code=coupon.code,
            basis_points=reduction.basis_points if isinstance(reduction, Percentage) else None,
            amount=reduction.amount if isinstance(reduction, Fixed) else None,
            total_limit=coupon.total_limit,
            per_user_limit=coupon.per_user_limit,
            starts_at=coupon.starts_at,
            ends_at=coupon.ends_at,
            minimum_subtotal=coupon.minimum_subtotal,
            used=coupon.used,
        )
