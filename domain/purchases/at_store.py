"""The purchase and the store: one offer, looked at once more, ordered once, held against what was agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.purchases import agreement
from domain.purchases.accounted import Accounted
from domain.purchases.errors import PurchaseCannotMove
from domain.purchases.quote import Quote
from domain.purchases.status import PurchaseStatus, StoreStatus
from domain.purchases.store_orders import Placed, StoreOrderNumber
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.shared.timeline import TimelineKind

# What a store said longer ago may be true no more: nothing is ordered on it.
LOOK_LASTS: Final = timedelta(seconds=30)


@dataclass(kw_only=True, slots=True)
class AtStore(Accounted):
    """`quote` is the offer that was chosen, `lowest` the lowest price found anywhere, `looked` the same offer
    as the store confirmed it last.
    """

    isbn: Isbn
    quote: Quote | None = None
    lowest: Quote | None = None
    looked: Quote | None = None
    order_number: StoreOrderNumber | None = None
    discrepancy: str | None = None

    @property
    def agreed(self) -> Quote:
        """What was agreed with the store: what it said at the last look."""
        if self.looked is None:
            raise PurchaseCannotMove("Nothing was agreed with a store yet.")
        return self.looked

    @property
    def cheaper_elsewhere(self) -> Quote | None:
        """The lowest price found, where whoever asks it takes no orders from us; None: it can be ordered for
        that, or nobody asks less than it can be ordered for.
        """
        low = self.lowest
        if low is None:
            return None
        if self.quote is not None:
            return low if low.landed < self.quote.landed else None
        within_reach = low.landed <= self.max_price or self.status is PurchaseStatus.NO_OFFER
        return low if within_reach else None

    def look_is_fresh(self, at: datetime) -> bool:
        """Whether an order may rest on the last look."""
        return self.looked is not None and at - self.looked.seen_at <= LOOK_LASTS

    def bind(self, quote: Quote, lowest: Quote, at: datetime) -> None:
        """This offer and no other will be bought; `lowest` is the lowest price found anywhere."""
        if self.max_price < quote.landed or quote.isbn != self.isbn:
            raise PurchaseCannotMove("This offer is not what the reader wants, or costs more.")
        if self._move(PurchaseStatus.QUOTED):
            self.quote, self.lowest = quote, lowest
            beside = f" {takes_no_orders(self.cheaper_elsewhere)}" if self.cheaper_elsewhere else ""
            self._tell(at, f"{quote.store} asks {quote.landed} in all, the lowest price to be had.{beside}")

    def find_nothing(self, lowest: Quote | None) -> None:
        """Nothing can be bought at the maximum or below; what was found is kept to be told."""
        if self.status is PurchaseStatus.CAP_RESERVED:
            self.lowest = lowest

    def look(self, seen: Quote | None, at: datetime) -> str | None:
        """What the store says just before it gets the order. None: it keeps to what was quoted, and the order
        may rest on it for `LOOK_LASTS`; else why nothing is bought.
        """
        if self.quote is None:
            raise PurchaseCannotMove("No offer was chosen yet.")
        if self.store is not StoreStatus.NOT_ASKED:
            return None
        why = agreement.moved(self.quote, seen, self.max_price)
        if why is not None or seen is None:
            return why
        if self._move(PurchaseStatus.REVALIDATED):
            self._tell(at, f"{seen.store} still asks {seen.landed}.")
        self.looked = seen
        return None

    def send_order(self, at: datetime) -> bool:
        """True, once: the order may go to the store now, on a fresh look. False: it was sent before."""
        if self.store is StoreStatus.NOT_ASKED and not self.look_is_fresh(at):
            raise PurchaseCannotMove("The last look is too old to order on.")
        if sent := self._order(StoreStatus.ASKED):
            self._tell(at, f"The order goes to {self.agreed.store}.")
        return sent

    def place(self, placed: Placed, at: datetime) -> None:
        """The store has the order. Where it did not keep to what was agreed, `discrepancy` says so."""
        if not self._order(StoreStatus.PLACED):
            return
        self._move(PurchaseStatus.ORDERED)
        self.order_number = placed.number
        self._compare(placed, at)
        self._tell(at, f"{self.agreed.store} has your order and charges {placed.charged}.")

    def recharge(self, placed: Placed, at: datetime) -> None:
        """The store's own books, looked at again after it was paid. When the purchase is done, what the store
        takes more is ours to bear at once.
        """
        if self.store is not StoreStatus.PLACED:
            return
        borne = self._borne
        self._compare(placed, at)
        if self.status is PurchaseStatus.DONE:
            self._bear(self._loss, at, borne=borne)

    def reject(self, at: datetime) -> None:
        """The store has no order and will have none."""
        if self._order(StoreStatus.REJECTED):
            self._tell(at, f"{self.agreed.store} did not take the order.")

    def call_off(self) -> bool:
        """Close the way to the store for good. False: the order has been sent, it is too late."""
        if self.store in {StoreStatus.ASKED, StoreStatus.PLACED}:
            return False
        if self.store is StoreStatus.NOT_ASKED:
            self._order(StoreStatus.CALLED_OFF)
        return True

    def return_order(self, refunded: Money | None, at: datetime) -> None:
        """The store has called the order off; None: it does not say what it gives back, so all of it."""
        if self._order(StoreStatus.CALLED_OFF):
            borne = self._borne
            back = self._store_keeps if refunded is None or self._store_keeps < refunded else refunded
            self._charge(self._store_keeps - back, self.order_number, at)
            self._bear(self._store_keeps, at, borne=borne)
            self._tell(at, "The order at the store was called off.", TimelineKind.COMPENSATION)

    @property
    def _borne(self) -> Money:
        """What was written off of it so far: while it is on its way, nothing is."""
        return self._loss if self.status is PurchaseStatus.DONE else self._nothing

    def _compare(self, placed: Placed, at: datetime) -> None:
        self.discrepancy = agreement.discrepancy(self.agreed, placed, self.max_price)
        if placed.charged.currency == self.max_price.currency:
            self._charge(placed.charged, placed.number, at)
        if self.discrepancy is not None:
            self._tell(at, self.discrepancy, TimelineKind.ATTENTION)


def takes_no_orders(cheaper: Quote) -> str:
    """Why more is paid than the lowest price found, in words for the reader."""
    return f"{cheaper.store} asks {cheaper.landed}, but takes no orders from us."
