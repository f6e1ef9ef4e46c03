"""Order the book."""

from dataclasses import dataclass
from enum import StrEnum

from application.purchases.keys import order_key
from application.purchases.news import PurchaseNews
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.purchases.status import StoreStatus
from domain.purchases.store_orders import Placed, Rejected, StoreOrder, StoreOrders
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId


class StoreWord(StrEnum):
    """What is known of the order at the store."""

    PLACED = "placed"
    REJECTED = "rejected"
    NONE = "none"  # the store says that it has none; it may be on its way
    UNKNOWN = "unknown"  # it was sent before, and nobody heard what became of it
    LOOK_AGAIN = "look_again"  # it was never sent: the last look has grown too old


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """`reason` is for the reader; `discrepancy` says where the store did not keep to what was agreed."""

    word: StoreWord
    reason: str | None = None
    discrepancy: str | None = None


class OrderAtStore:
    """The order goes out once in the life of a purchase. That it goes out is written before it does, so that
    whoever comes after, knowing nothing, asks what became of it and never sends another.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, stores: StoreOrders, clock: Clock, news: PurchaseNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> StoreAnswer:
        """Raises `StoreTakesNoOrders`, and `StoreOrderOutcomeUnknown`: ask, never repeat."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if purchase.store is not StoreStatus.NOT_ASKED:
                return standing(purchase)
            if not purchase.look_is_fresh(now):
                return StoreAnswer(StoreWord.LOOK_AGAIN)
            self._stores.terms(purchase.agreed.store)  # raises before anything is written
            purchase.send_order(now)
            particulars = await work.purchases.particulars(purchase_id)
            await work.purchases.save(purchase)
        answer = await self._stores.place(_order(purchase, particulars))
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if isinstance(answer, Placed):
                purchase.place(answer, self._clock.now())
            else:
                purchase.reject(self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
        return _told(purchase, answer)


def standing(purchase: Purchase) -> StoreAnswer:
    """What is known of the order, from what is written."""
    match purchase.store:
        case StoreStatus.PLACED:
            return StoreAnswer(StoreWord.PLACED, discrepancy=purchase.discrepancy)
        case StoreStatus.REJECTED | StoreStatus.CALLED_OFF:
            return StoreAnswer(StoreWord.REJECTED, "The store has no order; nothing was bought.")
        case StoreStatus.ASKED:
            return StoreAnswer(StoreWord.UNKNOWN)
    return StoreAnswer(StoreWord.LOOK_AGAIN)


def _told(purchase: Purchase, answer: Placed | Rejected) -> StoreAnswer:
    if isinstance(answer, Placed):
        return standing(purchase)
    now_asks = f" It now asks {answer.asks_now}." if answer.asks_now else ""
    reason = f"{purchase.agreed.store} did not take the order ({answer.message.rstrip('.')}).{now_asks}"
    return StoreAnswer(StoreWord.REJECTED, f"{reason} Nothing was bought.")


def _order(purchase: Purchase, particulars: Particulars) -> StoreOrder:
    agreed = purchase.agreed
    return StoreOrder(
        key=order_key(purchase.id),
        store=agreed.store,
        offer_id=agreed.offer_id,
        seller=agreed.seller,
        condition=agreed.condition,
        isbn=agreed.isbn,
        item=agreed.item,
        shipping=agreed.shipping,
        tax=agreed.tax,
        address=particulars.address,
    )
