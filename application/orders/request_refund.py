"""Staff decides to give money back."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.shared.unit_of_work import UnitOfWork
from domain.orders.errors import OrderNotFound
from domain.orders.order import Order
from domain.orders.refund import Refund, RefundLine
from domain.requests.idempotency import KeyReused
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, IdSource, OrderId, RefundId
from domain.shared.money import Money, total

LONGEST_REASON = 200  # characters: it is shown in the order's story and in the mail


@dataclass(frozen=True, slots=True)
class Share:
    """What to give back for one book (None: for the shipping); amount None: all that is left of it."""

    book_id: BookId | None
    amount: int | None


class RequestRefund:
    """Only staff; per line and to the cent; never more than was paid and not yet given back. The same key
    is the same refund: a double click gives the money back once, while two equal refunds need two keys.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, ids: IdSource) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._ids = ids

    async def __call__(self, order_id: OrderId, key: str, shares: Sequence[Share], reason: str) -> RefundId:
        """Raises `OrderNotFound`, `NothingToRefund`, `RefundTooLarge`, `KeyReused`."""
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise InvalidInput("reason", f"Say why in 1 to {LONGEST_REASON} characters.")
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            for known in order.refunds:
                if known.key == key:
                    return _same(known, shares)
            lines = _lines(order, shares)
            refund = Refund(
                id=RefundId(self._ids.new()),
                order_id=order_id,
                key=key,
                lines=lines,
                amount=total((line.amount for line in lines), order.currency),
                reason=reason.strip(),
                requested_at=self._clock.now(),
            )
            order.request_refund(refund)
            await work.orders.save(order)
        return refund.id


def _lines(order: Order, shares: Sequence[Share]) -> tuple[RefundLine, ...]:
    bought = {line.book_id for line in order.lines} | {None}
    books = [share.book_id for share in shares]
    if len(set(books)) != len(books):
        raise InvalidInput("lines", "Name each book once.")
    if not set(books) <= bought:
        raise OrderNotFound("A book named here is not part of this order.")
    wanted = shares or [Share(book, None) for book in bought if order.refundable(book)]
    return tuple(
        RefundLine(
            share.book_id,
            order.refundable(share.book_id) if share.amount is None else Money(share.amount, order.currency),
        )
        for share in sorted(wanted, key=lambda share: str(share.book_id))
    )


def _same(known: Refund, shares: Sequence[Share]) -> RefundId:
    """What was left then may not be left now: only books and named amounts tell two requests apart."""
    given = {line.book_id: line.amount.amount for line in known.lines}
    asked = {share.book_id: share.amount for share in shares}
    named = {book: amount for book, amount in asked.items() if amount is not None}
    if asked and (asked.keys() != given.keys() or not named.items() <= given.items()):
        raise KeyReused("This Idempotency-Key was used for another refund; send a new key.")
    return known.id
