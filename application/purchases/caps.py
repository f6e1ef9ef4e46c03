"""A reader's caps on what purchases may cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.purchases.views import PurchaseViews
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.caps import Budget, Caps
from domain.shared.clock import Clock
from domain.shared.ids import UserId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class CapsInForce:
    """The caps that hold, whether they are the reader's own, and what counts against them now."""

    caps: Caps
    own: bool
    today: Money
    this_month: Money


class SeeCaps:
    """A reader sees what may be spent in each currency and what is left: their own caps where they have set
    them, the shop's elsewhere.
    """

    def __init__(self, views: PurchaseViews, clock: Clock, caps_of_the_shop: Mapping[str, Caps]) -> None:
        self._views = views
        self._clock = clock
        self._caps_of_the_shop = caps_of_the_shop

    async def __call__(self, reader: UserId) -> list[CapsInForce]:
        """By currency."""
        found = {
            budget.today.currency: budget for budget in await self._views.budgets(reader, self._clock.now())
        }
        for currency in self._caps_of_the_shop.keys() - found.keys():
            nothing = Money.zero(currency)
            found[currency] = Budget(reader=reader, own=None, today=nothing, this_month=nothing)
        return [in_force(found[currency], self._caps_of_the_shop) for currency in sorted(found)]


class SetCaps:
    """A reader says how much purchases may cost each, in a day and in a month (UTC). From then on nothing is
    bought beyond that; what is on its way already is not called back.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, caps_of_the_shop: Mapping[str, Caps]) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._caps_of_the_shop = caps_of_the_shop

    async def __call__(self, reader: UserId, caps: Caps) -> CapsInForce:
        """What holds from now on."""
        async with self._unit_of_work() as work:
            budget = await work.budgets.of(reader, caps.per_purchase.currency, self._clock.now())
            await work.budgets.set_caps(reader, caps)
        return in_force(budget.with_caps(caps), self._caps_of_the_shop)


def in_force(budget: Budget, of_the_shop: Mapping[str, Caps]) -> CapsInForce:
    """The caps that hold for a budget; raises `CapsNotSet`."""
    caps = budget.caps(of_the_shop.get(budget.today.currency))
    return CapsInForce(caps, budget.own is not None, budget.today, budget.this_month)
