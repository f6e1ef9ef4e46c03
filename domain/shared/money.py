"""Money: integer minor units of one currency. There is no float and no unrounded amount anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput

# ISO 4217 minor-unit exponents of the currencies the shop can price in.
EXPONENTS: Final = {"USD": 2, "EUR": 2, "GBP": 2, "CHF": 2, "CAD": 2, "AUD": 2, "JPY": 0, "KWD": 3}
BASIS_POINTS: Final = 10_000


def round_half_up(numerator: int, denominator: int) -> int:
    """Round `numerator / denominator` (both non-negative) to the nearest integer, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """An exact amount in minor units (cents for USD, yen for JPY)."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise InvalidInput("currency", f"{self.currency!r} is not one of {', '.join(sorted(EXPONENTS))}.")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in that currency."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other).amount, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.amount * quantity, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other).amount

    def __bool__(self) -> bool:
        return self.amount != 0

    def share(self, basis_points: int) -> "Money":
        """The given part of a non-negative amount, rounded once, halves up (2,500 basis points = 25 %)."""
        return Money(round_half_up(self.amount * basis_points, BASIS_POINTS), self.currency)

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Split by weight without losing a cent: largest remainder first, earlier lines win ties."""
        total = sum(weights)
        if total <= 0:
            raise InvalidInput("weights", "Money is allocated over at least one positive weight.")
        floors = [self.amount * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(self.amount * weights[i] % total), i))
        for i in by_remainder[: self.amount - sum(floors)]:
            floors[i] += 1
        return [Money(part, self.currency) for part in floors]

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise InvalidInput("currency", f"{self.currency} and {other.currency} do not mix; convert first.")
        return other

    def __str__(self) -> str:
        exponent = EXPONENTS[self.currency]
        if exponent == 0:
            return f"{self.amount} {self.currency}"
        sign, units = ("-" if self.amount < 0 else ""), abs(self.amount)
        whole, part = divmod(units, 10**exponent)
        return f"{sign}{whole}.{part:0{exponent}d} {self.currency}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of the amounts, zero of `currency` when there are none."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result
