"""Find out what became of an order."""

from application.purchases.keys import order_key
from application.purchases.news import PurchaseNews
from application.purchases.order_at_store import StoreAnswer, StoreWord, standing
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.purchase import Purchase
from domain.purchases.status import StoreStatus
from domain.purchases.store_orders import (
    NotCancelled,
    NotCancelledReason,
    Placed,
    StoreOrderNumber,
    StoreOrders,
)
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId
from domain.shared.money import Money

_NEVER_CAME = "The order never reached the store; nothing was bought."


class AskStore:
    """An unknown outcome is asked about by the order's key: that has no effect at the store. That a store has
    no such order means something only when the order can no longer be on its way.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, stores: StoreOrders, clock: Clock, news: PurchaseNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> StoreAnswer:
        """Raises `StoreDoesNotAnswer` and `StoreCannotTell`."""
        purchase = await self._read(purchase_id)
        if purchase.store is not StoreStatus.ASKED:
            return standing(purchase)
        placed = await self._stores.find(purchase.agreed.store, order_key(purchase_id))
        return await self._write(purchase_id, placed) if placed else StoreAnswer(StoreWord.NONE)

    async def rule_out(self, purchase_id: PurchaseId) -> StoreAnswer:
        """The order cannot be on its way any more and the store has none. Where the store can call orders
        off, it is told to, so that not even a straggler is sent; if it has one after all, that one counts.
        """
        purchase = await self._read(purchase_id)
        if purchase.store is not StoreStatus.ASKED:
            return standing(purchase)
        store = purchase.agreed.store
        if self._stores.terms(store).cancels:
            answer = await self._stores.cancel(store, order_key(purchase_id))
            if isinstance(answer, NotCancelled) and answer.reason is not NotCancelledReason.UNKNOWN_ORDER:
                placed = await self._stores.find(store, order_key(purchase_id))
                if placed is not None:
                    return await self._write(purchase_id, placed)
        return await self._write(purchase_id, None)

    async def by_hand(self, purchase_id: PurchaseId, number: str | None, charged: int) -> StoreAnswer:
        """An operator heard it from the store: the number of its order and what it takes in minor units, or
        None, that it has none and will have none.
        """
        if number is None:
            return await self._write(purchase_id, None)
        agreed = (await self._read(purchase_id)).agreed
        nothing = Money.zero(agreed.landed.currency)
        placed = Placed(
            number=StoreOrderNumber(number),
            offer_id=agreed.offer_id,
            item=Money(charged, nothing.currency),
            shipping=nothing,
            tax=nothing,
        )
        return await self._write(purchase_id, placed)

    async def _read(self, purchase_id: PurchaseId) -> Purchase:
        async with self._unit_of_work() as work:
            return await work.purchases.get(purchase_id)

    async def _write(self, purchase_id: PurchaseId, placed: Placed | None) -> StoreAnswer:
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if placed is not None:
                purchase.place(placed, self._clock.now())
            else:
                purchase.reject(self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
        return standing(purchase) if placed else StoreAnswer(StoreWord.REJECTED, _NEVER_CAME)
