"""What a coupon takes off."""

from dataclasses import dataclass
from typing import Final

from domain.promotions.errors import CouponNotValid
from domain.shared.errors import InvalidInput
from domain.shared.money import BASIS_POINTS, Money

HIGHEST_AMOUNT: Final = 100_000_000  # minor units; no book costs more, so nobody means it


@dataclass(frozen=True, slots=True)
class Percentage:
    """A part of the books' price in basis points (1,000 = 10 %)."""

    basis_points: int

    def __post_init__(self) -> None:
        if not 1 <= self.basis_points <= BASIS_POINTS:
            raise InvalidInput("basis_points", f"Use 1 to {BASIS_POINTS} (1000 is 10 %).")

    def off(self, subtotal: Money) -> Money:
        """Rounded once, halves up."""
        return subtotal.share(self.basis_points)


@dataclass(frozen=True, slots=True)
class Fixed:
    """An amount of money, as far as the books cost that much."""

    amount: Money

    def __post_init__(self) -> None:
        if not 1 <= self.amount.amount <= HIGHEST_AMOUNT:
            raise InvalidInput("amount", f"Use 1 to {HIGHEST_AMOUNT} minor units (500 is 5.00 USD).")

    def off(self, subtotal: Money) -> Money:
        """Never more than there is to pay; raises `CouponNotValid` in another currency."""
        if subtotal.currency != self.amount.currency:
            raise CouponNotValid(
                f"This coupon is in {self.amount.currency}, the cart in {subtotal.currency}."
            )
        return min(self.amount, subtotal)


Reduction = Percentage | Fixed
