"""What new books cost: a function of seed, list, ISBN and time step, so that nothing has to be remembered.

A list's price of a book stays for a while, then moves. Its life is cut into stretches of equal length; in
most of them the price moves once, at a chance moment, so that gaps between moves are irregular and can be
found without playing through the past.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.shared.money import EXPONENTS
from entrypoints.sandbox.bookstores.book import reference_price
from entrypoints.sandbox.bookstores.chance import draw, normal, weighted

# Minor units for one US cent; fixed, for a stand-in's prices should move for one reason only.
RATES: Final = {"USD": 1.0, "GBP": 0.79, "EUR": 0.92, "CAD": 1.37, "AUD": 1.52, "CHF": 0.88, "JPY": 1.5}
_STRETCH: Final = 360  # steps, at the median: six hours, as lists that follow others' prices
_STRETCH_SPREAD: Final = 1.2
_SHORTEST, _LONGEST = 10, 14_400  # steps: ten minutes to ten days
_MOVES: Final = 0.63  # of stretches: 1 - 1/e, as with moves at random
_LOOK_BACK: Final = 12  # stretches; none moved in all of them once in 150,000
_WAVES: Final = ((1, 0.04), (5, 0.06), (25, 0.08))  # moves a wave lasts, and its height in logarithms
_SALE, _DEEPEST, _SHALLOWEST = 0.05, 0.40, 0.15  # how often a move is a sale, and by how much


class Glitch(StrEnum):
    """A price that is a mistake."""

    TENTH = "tenth"
    ZERO = "zero"
    WRONG_CURRENCY = "wrong_currency"


_GLITCHES: Final = ((Glitch.TENTH, 0.6), (Glitch.ZERO, 0.2), (Glitch.WRONG_CURRENCY, 0.2))
_MISTAKEN_FOR: Final = {"USD": "GBP"}  # every other currency is mistaken for dollars


@dataclass(frozen=True, slots=True)
class Price:
    """In minor units of `currency`, since the step `since`; `glitch` says what is wrong with it."""

    amount: int
    currency: str
    since: int
    glitch: Glitch | None = None

    def spoilt(self, glitch: Glitch) -> "Price":
        """The same with that mistake in it."""
        match glitch:
            case Glitch.TENTH:
                return Price(self.amount // 10, self.currency, self.since, glitch)
            case Glitch.ZERO:
                return Price(0, self.currency, self.since, glitch)
            case Glitch.WRONG_CURRENCY:
                return Price(self.amount, _MISTAKEN_FOR.get(self.currency, "USD"), self.since, glitch)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Of one store, or of several that share it. `share` of all books is on it, at `premium` times the
    reference price on average; `ending` is how its prices end (99: 12.99), None: as they come.
    """

    seed: str
    name: str
    currency: str
    share: float
    premium: float
    ending: int | None
    glitches: float

    def sells(self, isbn: str) -> bool:
        """Whether that book is on it."""
        return draw(self.seed, self.name, "sells", isbn) < self.share

    def price(self, isbn: str, step: int) -> Price:
        """What it says at that step, mistakes included."""
        stretch, since = self._last_move(isbn, step)
        level = self.premium * math.exp(self._drift(isbn, stretch))
        price = Price(self.rounded(reference_price(self.seed, isbn) * level), self.currency, since)
        if draw(self.seed, self.name, "glitch", isbn, stretch) < self.glitches:
            return price.spoilt(weighted(_GLITCHES, self.seed, self.name, "which", isbn, stretch))
        return price

    def rounded(self, us_cents: float) -> int:
        """In its currency, ending as its prices do."""
        amount = local(us_cents, self.currency)
        if EXPONENTS[self.currency] == 0:
            return max(100, round(amount, -1))
        return amount if self.ending is None else max(amount - amount % 100, 100) + self.ending

    def _last_move(self, isbn: str, step: int) -> tuple[int, int]:
        noise = normal(self.seed, self.name, "pace", isbn)
        length = min(max(round(_STRETCH * math.exp(_STRETCH_SPREAD * noise)), _SHORTEST), _LONGEST)
        newest = step // length
        for stretch in range(newest, newest - _LOOK_BACK, -1):
            if draw(self.seed, self.name, "moves", isbn, stretch) < _MOVES:
                at = stretch * length + int(draw(self.seed, self.name, "when", isbn, stretch) * length)
                if at <= step:
                    return stretch, at
        return newest - _LOOK_BACK, (newest - _LOOK_BACK) * length

    def _drift(self, isbn: str, stretch: int) -> float:
        drift = sum(
            height * normal(self.seed, self.name, "wave", isbn, lasts, stretch // lasts)
            for lasts, height in _WAVES
        )
        if draw(self.seed, self.name, "sale", isbn, stretch) < _SALE:
            depth = draw(self.seed, self.name, "depth", isbn, stretch)
            drift += math.log(1 - _SHALLOWEST - depth * (_DEEPEST - _SHALLOWEST))
        return drift


def local(us_cents: float, currency: str) -> int:
    """Minor units of that currency."""
    return round(us_cents * RATES[currency])
