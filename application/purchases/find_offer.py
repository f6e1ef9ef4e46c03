"""Choose the offer that a purchase is bound to."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.shared.unit_of_work import UnitOfWork
from domain.purchases.at_store import takes_no_orders
from domain.purchases.ports import BestOffers, Found
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId
from domain.shared.money import Money

# Half of the reader's 20 s: the bank, the last look and the order share the rest.
COMPARE_FOR: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class NothingToBuy:
    """How the purchase ends, and why in words."""

    ending: PurchaseStatus
    reason: str


class FindOffer:
    """The cheapest believed offer that a store takes orders for, in the conditions the reader accepts. It is
    chosen once: whoever asks again gets the same.
    """

    def __init__(self, unit_of_work: UnitOfWork, offers: BestOffers, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._offers = offers
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId) -> NothingToBuy | None:
        """None: the purchase is bound to an offer. Raises `ComparisonFailed`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if purchase.quote is not None:
            return None
        found = await self._offers.best(
            purchase.isbn, purchase.max_price, purchase.conditions, until=self._clock.now() + COMPARE_FOR
        )
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            nothing = self._choose(purchase, found)
            await work.purchases.save(purchase)
        return nothing

    def _choose(self, purchase: Purchase, found: Found | None) -> NothingToBuy | None:
        if purchase.quote is not None:  # a twin of this step was quicker
            return None
        if found is None:
            words = f"No store has {purchase.isbn} to sell in what you would take."
            return NothingToBuy(PurchaseStatus.NO_OFFER, words)
        if found.offer is None or purchase.max_price < found.offer.landed:
            purchase.find_nothing(found.lowest)
            return _not_to_be_had(found, purchase.max_price)
        purchase.bind(found.offer, found.lowest, self._clock.now())
        return None


def _not_to_be_had(found: Found, maximum: Money) -> NothingToBuy:
    if found.offer is None:
        words = f"The lowest price found is {found.lowest.landed}, but who sells it takes no orders from us."
        return NothingToBuy(PurchaseStatus.NO_OFFER, words)
    words = f"It can be ordered for {found.offer.landed} at the lowest, and you would pay {maximum}."
    if found.lowest.landed < found.offer.landed:
        words = f"{words} {takes_no_orders(found.lowest)}"
    return NothingToBuy(PurchaseStatus.TOO_DEAR, words)
