"""Is there still a way back?"""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import PurchaseId


class CallOffPurchase:
    """Nothing is undone before this says yes. A process that lost its memory may have gone further than it
    knows, so what is written is asked. A yes is final: nobody can send the order any more.
    """

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, purchase_id: PurchaseId) -> bool:
        """False: the order has been sent, and what became of it must be learnt."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            called_off = purchase.call_off()
            await work.purchases.save(purchase)
        return called_off
