"""Orders at the stores whose descriptions say how they are placed."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from adapters.stores.answers.spot import Spot, Unreadable
from adapters.stores.calls.answer import Answer
from adapters.stores.calls.template import CallTemplate, Values
from adapters.stores.calls.wire import NeverSent, StoreWire
from adapters.stores.mapping.verdicts import Meaning, Verdict, verdict
from adapters.stores.order_desk import REJECTIONS, CancelCall, OrderDesk
from adapters.stores.order_values import key_values, order_values
from domain.prices.store import StoreFailed
from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    NotCancelledReason,
    OrderingTerms,
    Placed,
    Rejected,
    RejectionReason,
    StoreCannotTell,
    StoreDoesNotAnswer,
    StoreOrder,
    StoreOrderKey,
    StoreOrderKeyReused,
    StoreOrderOutcomeUnknown,
    StoreTakesNoOrders,
)
from domain.shared.money import Money


class DescribedStoreOrders:
    """The `StoreOrders` port. Messages are ours: what a store says in its own words may name the reader."""

    def __init__(self, desks: Sequence[OrderDesk], wire: StoreWire) -> None:
        self._desks: Mapping[str, OrderDesk] = {desk.store.name: desk for desk in desks}
        self._wire = wire

    def terms(self, store: str) -> OrderingTerms:
        """See the port."""
        return self._desk(store).terms

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        """See the port."""
        desk = self._desk(order.store)
        try:
            answer, told, wrong = await self._call(desk, desk.place.call, order_values(order, desk.store))
            if wrong is not None:
                return _rejected(desk, wrong, answer, told)
            placed = (
                None if told is None else desk.placed.standing(desk.place.order(told), desk.store.currency)
            )
        except NeverSent as unreached:
            return Rejected(RejectionReason.STORE_BUSY, unreached.message)
        except StoreFailed as failed:
            raise StoreOrderOutcomeUnknown(failed.message) from None
        except Unreadable as why:
            raise StoreOrderOutcomeUnknown(f"{order.store}: {why}.") from None
        if placed is None:
            raise StoreOrderOutcomeUnknown(f"{order.store}: its answer tells of no order that stands.")
        return placed

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:
        """See the port."""
        desk = self._desk(store)
        if desk.find is None:
            raise StoreCannotTell(f"{store} has no call by which orders are found: ask it.")
        try:
            answer, told, wrong = await self._call(desk, desk.find.call, key_values(key, desk.store))
            if wrong is not None and wrong.meaning is Meaning.NO_SUCH_ORDER:
                return None
            if wrong is not None or told is None:
                _no_answer(store, answer)
            if desk.find.proof is not None and not desk.find.proof(told):
                raise StoreDoesNotAnswer(f"{store}: its answer is not one about orders.")
            return desk.placed.standing(desk.find.order(told), desk.store.currency)
        except StoreFailed as failed:
            raise StoreDoesNotAnswer(failed.message) from None
        except Unreadable as why:
            raise StoreDoesNotAnswer(f"{store}: {why}.") from None

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:
        """See the port."""
        desk = self._desk(store)
        if desk.cancel is None:
            return NotCancelled(NotCancelledReason.NOT_OFFERED, f"{store} has no call that cancels: ask it.")
        try:
            answer, told, wrong = await self._call(desk, desk.cancel.call, key_values(key, desk.store))
            if wrong is not None:
                return _not_cancelled(store, wrong, answer)
            if told is None:
                _no_answer(store, answer)
            return _cancelled(desk, desk.cancel, told)
        except StoreFailed as failed:
            raise StoreDoesNotAnswer(failed.message) from None
        except Unreadable as why:
            raise StoreDoesNotAnswer(f"{store}: {why}.") from None

    def _desk(self, store: str) -> OrderDesk:
        desk = self._desks.get(store)
        if desk is None:
            raise StoreTakesNoOrders(f"{store} takes no orders from the shop.")
        return desk

    async def _call(
        self, desk: OrderDesk, call: CallTemplate, values: Values
    ) -> tuple[Answer, Spot | None, Verdict | None]:
        answer = await self._wire.send(desk.address, call.filled(values))
        told, _ = desk.wire_format.told(answer.body, answer.charset)
        return answer, told, verdict(desk.errors, answer, told, desk.wire_format.error_place)


def _rejected(desk: OrderDesk, wrong: Verdict, answer: Answer, told: Spot | None) -> Rejected:
    store = desk.store.name
    if wrong.meaning is Meaning.KEY_REUSED:
        raise StoreOrderKeyReused(f"{store}: the key was used for another order.")
    reason = REJECTIONS.get(wrong.meaning)
    if reason is None:
        raise StoreOrderOutcomeUnknown(
            f"{store}: it answered {answer.status}, which does not say what it did."
        )
    return Rejected(reason, f"{store}: {reason.replace('_', ' ')}.", _asks_now(desk, wrong, told))


def _asks_now(desk: OrderDesk, wrong: Verdict, told: Spot | None) -> Money | None:
    if wrong.rule is None or wrong.rule.asks_now is None or told is None:
        return None
    try:
        return wrong.rule.asks_now.told(told, desk.store.currency)
    except Unreadable:
        return None  # that it said no is clear all the same


def _cancelled(desk: OrderDesk, cancel: CancelCall, told: Spot) -> Cancelled | NotCancelled:
    order = next((spot for spot in cancel.order(told) if cancel.where.met(spot)), None)
    if order is None:
        return NotCancelled(NotCancelledReason.OTHER, f"{desk.store.name}: the order stands.")
    return Cancelled(None if cancel.refunded is None else cancel.refunded.told(order, desk.store.currency))


def _not_cancelled(store: str, wrong: Verdict, answer: Answer) -> NotCancelled:
    match wrong.meaning:
        case Meaning.TOO_LATE:
            return NotCancelled(NotCancelledReason.TOO_LATE, f"{store}: too late to cancel.")
        case Meaning.NO_SUCH_ORDER:
            return NotCancelled(NotCancelledReason.UNKNOWN_ORDER, f"{store}: it has no such order.")
        case Meaning.REJECTED:
            return NotCancelled(NotCancelledReason.OTHER, f"{store}: it does not cancel the order.")
    return _no_answer(store, answer)


def _no_answer(store: str, answer: Answer) -> NoReturn:
    raise StoreDoesNotAnswer(f"{store}: it answered {answer.status}, which does not say what became of it.")
