"""What use cases need to keep coupons and count their uses."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.promotions.coupon import Coupon
from domain.shared.ids import OrderId, UserId


class Coupons(Protocol):
    """Coupons and who used them, in the caller's transaction. A use is taken or given back exactly once for
    an order, however often it is asked for.
    """

    async def get(self, code: str) -> Coupon:
        """The coupon with this (normalised) code; raises `CouponNotFound`."""
        ...

    async def add(self, coupon: Coupon) -> None:
        """Put a new coupon out; raises `CouponExists`."""
        ...

    async def redeem(self, code: str, order_id: OrderId, user_id: UserId, at: datetime) -> None:
        """Take one use for an order. Raises `CouponNotValid`, `CouponExhausted` or `CouponUsedUp`, after
        which the transaction must be abandoned. Other buyers with this coupon wait until it ends.
        """
        ...

    async def release(self, order_id: OrderId) -> None:
        """Give back what the order took, if it took anything."""
        ...


@dataclass(frozen=True, slots=True)
class CouponStanding:
    """A coupon and how often this reader has used it."""

    coupon: Coupon
    used_by_reader: int


class CouponStandings(Protocol):
    """Reads for a price that is only being considered."""

    async def of(self, code: str, user_id: UserId) -> CouponStanding | None:
        """How the coupon stands for this reader; None: there is no such coupon."""
        ...
