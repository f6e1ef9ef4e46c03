"""What a reader wants of a watch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from domain.watches.lows import Low
from domain.watches.quiet_hours import QuietHours

MOST_COPIES: Final = 20  # a reader, not a reseller
HIGHEST: Final = 100_000_000  # minor units: no book costs a million
LONGEST: Final = timedelta(days=731)  # two years: a payment token and an address do not keep for ever
VETO_LONGEST: Final = timedelta(days=3)  # no price waits longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Buying:
    """Buy up to so many copies, each at the target or less, for no more than `budget` in all. With `veto` the
    reader is told first and has so long to say no.
    """

    quantity: int
    budget: Money
    veto: timedelta | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= MOST_COPIES:
            raise InvalidInput("quantity", f"From 1 to {MOST_COPIES} copies.")
        if self.veto is not None and not timedelta(0) < self.veto <= VETO_LONGEST:
            raise InvalidInput("veto_minutes", "A veto window lasts from a minute to three days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`target` is the most that one copy may cost all in all. `buying` None: only tell."""

    formats: frozenset[Format]
    conditions: frozenset[str]
    target: Money
    until: datetime
    quiet: QuietHours | None = None
    buying: Buying | None = None

    def __post_init__(self) -> None:
        if not self.formats or not self.conditions:
            raise InvalidInput("conditions", "Name at least one format and one condition.")
        if not 0 < self.target.amount <= HIGHEST:
            raise InvalidInput("target", f"Name a price from 1 to {HIGHEST} in minor units.")
        if self.buying is not None:
            if self.buying.budget.currency != self.target.currency:
                raise InvalidInput("budget", "The budget is in the currency of the target.")
            if self.buying.budget < self.target:
                raise InvalidInput("budget", "The budget is at least what one copy may cost.")

    def check_date(self, at: datetime) -> None:
        """Raise `InvalidInput` unless there is time left, and not too much of it."""
        if not at < self.until <= at + LONGEST:
            raise InvalidInput("latest_date", "A watch ends in the future, in two years at the latest.")

    def take(self, low: Low) -> bool:
        """Whether it is a price of what the reader wants."""
        mine = low.format in self.formats and low.condition in self.conditions
        return mine and low.currency == self.target.currency

    def mine(self, lows: Iterable[Low]) -> list[Low]:
        """Of several prices those of what the reader wants."""
        return [low for low in lows if self.take(low)]
