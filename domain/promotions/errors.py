"""What can go wrong with a coupon."""

from domain.shared.errors import DomainError


class CouponNotFound(DomainError):
    """There is no coupon with this code."""

    code = "coupon_not_found"


class CouponExists(DomainError):
    """There is a coupon with this code already; coupons never change once they are out."""

    code = "coupon_exists"


class CouponNotValid(DomainError):
    """The coupon does not apply: not now, not to this cart, or it never existed."""

    code = "coupon_not_valid"


class CouponExhausted(DomainError):
    """Every use of the coupon is taken."""

    code = "coupon_exhausted"


class CouponUsedUp(DomainError):
    """This reader has used the coupon as often as one reader may."""

    code = "coupon_used_up"
