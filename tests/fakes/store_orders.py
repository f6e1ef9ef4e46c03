"""Bookstores that take orders, in memory: they can fall silent, overcharge, refuse, and forget to cancel."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    NotCancelledReason,
    OrderingTerms,
    Placed,
    Rejected,
    StoreDoesNotAnswer,
    StoreOrder,
    StoreOrderKey,
    StoreOrderKeyReused,
    StoreOrderNumber,
    StoreOrderOutcomeUnknown,
    StoreTakesNoOrders,
)
from domain.shared.errors import DomainError
from tests.builders import usd
from tests.fakes.payments import Silence

RELIABLE = OrderingTerms(finds_by_key=True, same_key_same_order=True, cancels=True)


@dataclass
class _Order:
    order: StoreOrder
    placed: Placed
    off: bool = False


class InMemoryStores:
    """The `StoreOrders` port. `received` is every order that reached a store, also a repeated one."""

    def __init__(self) -> None:
        self.received: list[StoreOrder] = []
        self.of: OrderingTerms = RELIABLE
        self.takes_orders = True
        self.rejection: Rejected | None = None
        self.keeps_its_orders = False
        self.more = 0  # what it charges above what was agreed
        self._orders: dict[StoreOrderKey, _Order] = {}
        self._silences: dict[str, deque[Silence]] = {}

    def fall_silent(self, operation: str, when: Silence, times: int = 1) -> None:
        """Let the next calls of "place", "find" or "cancel" end without an answer."""
        self._silences.setdefault(operation, deque()).extend([when] * times)

    def hear_again(self) -> None:
        """End every silence."""
        self._silences.clear()

    def behave(self) -> None:
        """From now on it answers, takes orders, charges what was agreed and calls off what it is told to."""
        self.hear_again()
        self.takes_orders, self.rejection, self.keeps_its_orders, self.more = True, None, False, 0

    def charge(self, key: StoreOrderKey, amount: int) -> None:
        """From now on the store's books say that it took so much, whatever it said before."""
        known = self._orders[key]
        nothing = usd(0)
        known.placed = replace(known.placed, item=usd(amount), shipping=nothing, tax=nothing)

    def standing(self) -> list[StoreOrder]:
        """The orders that it will send."""
        return [known.order for known in self._orders.values() if not known.off]

    def terms(self, store: str) -> OrderingTerms:
        if not self.takes_orders:
            raise StoreTakesNoOrders(f"{store} takes no orders.")
        return self.of

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        with self._heard("place", StoreOrderOutcomeUnknown("No answer.")):
            self.received.append(order)
            known = self._orders.get(order.key)
            if known is not None:
                if known.order != order:
                    raise StoreOrderKeyReused("Another order has this key.")
                return known.placed
            if self.rejection is not None:
                return self.rejection
            placed = Placed(
                number=StoreOrderNumber(f"no-{len(self._orders) + 1}"),
                offer_id=order.offer_id,
                item=order.item + usd(self.more),
                shipping=order.shipping,
                tax=order.tax,
            )
            self._orders[order.key] = _Order(order, placed)
            return placed

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:
        with self._heard("find", StoreDoesNotAnswer("No answer.")):
            known = self._orders.get(key)
            return None if known is None or known.off else known.placed

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:
        with self._heard("cancel", StoreDoesNotAnswer("No answer.")):
            known = self._orders.get(key)
            if known is None:
                return NotCancelled(NotCancelledReason.UNKNOWN_ORDER, "There is no such order.")
            if self.keeps_its_orders:
                return NotCancelled(NotCancelledReason.TOO_LATE, "It is on its way.")
            known.off = True
            return Cancelled(known.placed.charged)

    @contextmanager
    def _heard(self, operation: str, unheard: DomainError) -> Iterator[None]:
        waiting = self._silences.get(operation)
        when = waiting.popleft() if waiting else None
        if when is Silence.BEFORE:
            raise unheard
        yield
        if when is Silence.AFTER:
            raise unheard
