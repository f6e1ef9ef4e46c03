"""The last look before the order."""

from application.shared.unit_of_work import UnitOfWork
from domain.purchases.errors import PurchaseCannotMove
from domain.purchases.ports import BestOffers
from domain.purchases.status import StoreStatus
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class LookAgain:
    """The store itself is asked, just now, whether it still sells what was quoted at that price. What a cache
    or a comparison said never moves money.
    """

    def __init__(self, unit_of_work: UnitOfWork, offers: BestOffers, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._offers = offers
        self._clock = clock

    async def __call__(self, purchase_id: PurchaseId) -> str | None:
        """None: the order may go out; else why not. Raises `LastLookFailed`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
        if purchase.store is not StoreStatus.NOT_ASKED:
            return None
        if purchase.quote is None:
            raise PurchaseCannotMove("No offer was chosen yet.")
        seen = await self._offers.look_again(purchase.quote)
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            why = purchase.look(seen, self._clock.now())
            await work.purchases.save(purchase)
        return why
