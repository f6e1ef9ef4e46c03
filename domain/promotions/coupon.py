"""A coupon: a code that makes books cheaper, so often and so long as staff decided."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.promotions.errors import CouponExhausted, CouponNotValid, CouponUsedUp
from domain.promotions.reduction import HIGHEST_AMOUNT, Reduction
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

HIGHEST_LIMIT: Final = 1_000_000_000  # uses; beyond it there is no point in counting
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,31}")


def normalise_code(text: str) -> str:
    """The one spelling of a code, however it was typed."""
    return text.strip().upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """Terms never change once the coupon is out; `used` counts the uses that were not given back.

    It is valid from `starts_at` until just before `ends_at`. A limit of None means no limit.
    """

    code: str
    reduction: Reduction
    starts_at: datetime
    ends_at: datetime | None = None
    total_limit: int | None = None
    per_user_limit: int | None = None
    minimum_subtotal: Money | None = None
    used: int = 0

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise InvalidInput(
                "code", "Use 3 to 32 letters, digits, '-' or '_', beginning with a letter or digit."
            )
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise InvalidInput("ends_at", "The coupon would end before it starts.")
        for name, limit in (("total_limit", self.total_limit), ("per_user_limit", self.per_user_limit)):
            if limit is not None and not 1 <= limit <= HIGHEST_LIMIT:
                raise InvalidInput(name, f"Use 1 to {HIGHEST_LIMIT}, or leave it out for no limit.")
        least = self.minimum_subtotal
        if least is not None and not 1 <= least.amount <= HIGHEST_AMOUNT:
            raise InvalidInput("minimum_subtotal", f"Use 1 to {HIGHEST_AMOUNT} minor units, or leave it out.")

    def discount_on(self, subtotal: Money, *, at: datetime, used_by_reader: int) -> Money:
        """What it takes off for this reader now. A promise only once redeemed: others may be quicker."""
        self.ensure_runs(at)
        if self.total_limit is not None and self.used >= self.total_limit:
            raise CouponExhausted(f"Every use of {self.code} is taken.")
        if self.per_user_limit is not None and used_by_reader >= self.per_user_limit:
            raise CouponUsedUp(f"You have used {self.code} as often as one reader may.")
        self._ensure_worth(subtotal)
        return self.reduction.off(subtotal)

    def ensure_runs(self, at: datetime) -> None:
        """It has started and not ended; raises `CouponNotValid`."""
        if at < self.starts_at:
            raise CouponNotValid(f"{self.code} is not valid yet.", starts_at=self.starts_at)
        if self.ends_at is not None and at >= self.ends_at:
            raise CouponNotValid(f"{self.code} is no longer valid.", ended_at=self.ends_at)

    def _ensure_worth(self, subtotal: Money) -> None:
        least = self.minimum_subtotal
        if least is not None and (least.currency != subtotal.currency or subtotal < least):
            raise CouponNotValid(f"{self.code} needs books for at least {least}; the cart has {subtotal}.")
