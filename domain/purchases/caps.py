"""How much a reader's purchases may cost: each, in a day, in a month. A cap is absolute."""

from dataclasses import dataclass, replace

from domain.purchases.errors import Cap, CapReached, CapsContradict, CapsNotSet
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """All of one currency. Days and months are those of UTC, and a purchase counts where it was asked for."""

    per_purchase: Money
    per_day: Money
    per_month: Money

    def __post_init__(self) -> None:
        if min(self.per_purchase.amount, self.per_day.amount, self.per_month.amount) < 0:
            raise InvalidInput("caps", "A cap is zero (nothing may be bought) or more.")
        if not self.per_purchase <= self.per_day <= self.per_month:
            raise CapsContradict("A day's cap is at least that of a purchase, and a month's that of a day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What a reader may spend in one currency, and what counts against it now: money taken and kept, and the
    maximum of every purchase that is still on its way. `own` None: the reader has set no caps.
    """

    reader: UserId
    own: Caps | None
    today: Money
    this_month: Money

    def with_caps(self, own: Caps | None) -> "Budget":
        """As the reader wants it from now on; None: as the shop has it."""
        return replace(self, own=own)

    def caps(self, of_the_shop: Caps | None) -> Caps:
        """Those that hold; raises `CapsNotSet`."""
        caps = self.own or of_the_shop
        if caps is None:
            raise CapsNotSet(f"Set your caps in {self.today.currency} first: the shop has none in it.")
        return caps

    def admit(self, maximum: Money, of_the_shop: Caps | None) -> None:
        """Raise `CapReached` or `CapsNotSet` unless so much more may be spent now."""
        caps = self.caps(of_the_shop)
        _within(Cap.PURCHASE, caps.per_purchase, Money.zero(maximum.currency), maximum)
        _within(Cap.DAY, caps.per_day, self.today, maximum)
        _within(Cap.MONTH, caps.per_month, self.this_month, maximum)


def _within(cap: Cap, limit: Money, spent: Money, maximum: Money) -> None:
    if limit < spent + maximum:
        left = Money(max(0, (limit - spent).amount), limit.currency)
        words = f"Your cap for a {cap.value} is {limit} and leaves {left}; the purchase may cost {maximum}."
        raise CapReached(cap, left, words)
