"""Whether a reduction is one: a price is compared with the lowest of the 30 days before it was cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.prices.history import PriceRun, held
from domain.shared.money import BASIS_POINTS, Money

# Directive 98/6/EC, article 6a: an announced reduction names the lowest price of at least 30 days before it.
# A price that has stood so long since it was cut is no reduction any more, but the price.
REFERENCE: Final = timedelta(days=30)
LEAST: Final = 100  # basis points: less is not worth a label


class Discount(StrEnum):
    """What to say of a price."""

    NONE = "none"  # it was not cut
    REAL = "real"  # it is below anything that was asked in the 30 days before
    RAISED_FIRST = "raised_first"  # it was cut, but was as low as this in the 30 days before
    UNKNOWN = "unknown"  # it was cut, and what was asked before is not known for long enough


@dataclass(frozen=True, slots=True)
class Reduction:
    """A price that was cut, once or in steps without a rise between, `since` then. `reference` is the lowest
    price of the 30 days before, None: not offered then; `known` tells whether those days are all known.
    """

    price: Money
    since: datetime
    reference: Money | None
    known: bool

    @property
    def basis_points(self) -> int:
        """Off the reference: 0 if it is not below it."""
        if self.reference is None:
            return 0
        saved = self.reference.amount - self.price.amount
        return max(saved * BASIS_POINTS // self.reference.amount, 0)

    @property
    def label(self) -> Discount:
        """What it is."""
        if self.reference is not None and self.basis_points < LEAST:
            return Discount.RAISED_FIRST  # more history could only hold lower prices
        return Discount.REAL if self.known and self.reference is not None else Discount.UNKNOWN


def reduction(runs: Sequence[PriceRun], at: datetime) -> Reduction | None:
    """The reduction that the price stands in at that moment, if any; `runs` are in order, up to then."""
    priced = [(run.price, run.since) for run in runs if run.price is not None]
    if not priced or runs[-1].price is None:
        return None
    price, began = priced[-1][0], None
    stands_until = at
    for (amount, since), (before, _) in zip(priced[:0:-1], priced[-2::-1], strict=True):
        if before <= amount or stands_until - since >= REFERENCE:
            break
        began = stands_until = since
    if began is None:
        return None
    lowest = min(
        (one.price for one in held(runs, began - REFERENCE, began) if one.price is not None), default=None
    )
    return Reduction(price, began, lowest, known=runs[0].since <= began - REFERENCE)


def discount(runs: Sequence[PriceRun], at: datetime) -> Discount:
    """What to say of the price at that moment."""
    found = reduction(runs, at)
    return found.label if found else Discount.NONE
