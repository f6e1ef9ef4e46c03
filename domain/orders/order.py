"""The order: what a reader bought, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.orders.errors import IllegalMove, NothingToRefund, RefundTooLarge, TooLateToCancel
from domain.orders.events import (
    OrderCompleted,
    OrderConfirmed,
    OrderCreated,
    OrderDispatched,
    OrderEnded,
    OrderRefunded,
    PaymentCaptured,
    RefundRequested,
)
from domain.orders.line import OrderLine, copies_of
from domain.orders.refund import Refund, RefundStatus, asked_back
from domain.orders.standing import Standing
from domain.orders.status import ENDED_WITHOUT_BOOKS, TERMINAL, FulfilmentStatus, OrderStatus, PaymentStatus
from domain.shared.ids import BookId, OrderId, UserId
from domain.shared.money import Money, total
from domain.shared.timeline import TimelineEntry, TimelineKind

_NO_LONGER_CANCELLABLE = frozenset({FulfilmentStatus.DISPATCHED, FulfilmentStatus.DELIVERED})


@dataclass(kw_only=True, slots=True)
class Order(Standing):
    """A reader's order. Verbs may be repeated; a move that the tables do not allow raises `IllegalMove`.

    Personal data (address, payment token) lives beside the order, sealed, never in it.
    """

    id: OrderId
    user_id: UserId
    lines: tuple[OrderLine, ...]
    shipping_method: str
    shipping: Money
    shipping_tax: Money
    coupon: str | None
    weight_grams: int
    placed_at: datetime
    hold_expires_at: datetime
    payment_reference: str | None = None
    action_url: str | None = None
    tracking_number: str | None = None
    needs_attention: str | None = None
    ended_because: str | None = None
    version: int = 0
    refunds: list[Refund] = field(default_factory=list)
    _story: list[TimelineEntry] = field(default_factory=list, init=False, repr=False, compare=False)

    # -- what it is ---------------------------------------------------------------------------------

    @property
    def currency(self) -> str:
        """The one currency of all its amounts."""
        return self.shipping.currency

    @property
    def total(self) -> Money:
        """What the reader pays: the sum of the lines and the shipping, each already rounded."""
        return total((line.total for line in self.lines), self.currency) + self.shipping + self.shipping_tax

    @property
    def digital(self) -> bool:
        """Nothing to carry: every line is an e-book."""
        return all(line.digital for line in self.lines)

    @property
    def ended(self) -> bool:
        """No further change of status can come."""
        return self.status in TERMINAL

    @property
    def ended_without_books(self) -> bool:
        """Declined, expired or cancelled: the first of these to be said stands."""
        return self.status in ENDED_WITHOUT_BOOKS

    def copies(self) -> dict[BookId, int]:
        """How many of each book were bought."""
        return copies_of(self.lines)

    def copies_to_ship(self) -> dict[BookId, int]:
        """The same without what needs no parcel."""
        return copies_of(line for line in self.lines if not line.digital)

    # -- its story -----------------------------------------------------------------------------------

    def place(self) -> None:
        """The stock is held; the order exists from here on and must reach an end."""
        self._tell(self.placed_at, f"Order placed for {self.total}; the books are held for you.")
        self._record(
            OrderCreated(
                aggregate_id=self.id, occurred_at=self.placed_at, user_id=self.user_id, total=self.total
            )
        )

    def require_action(self, reference: str, url: str, at: datetime) -> None:
        """The reader's bank wants a confirmation (3-D Secure) before it reserves the money."""
        if self._pay(PaymentStatus.ACTION_REQUIRED):
            self.payment_reference, self.action_url = reference, url
            self._tell(at, "Your bank asks you to confirm the payment.")

    def confirm(self, reference: str, at: datetime) -> None:
        """The payment is authorised: from here on the shop owes the reader these books."""
        if self.called_off:
            raise IllegalMove("This order was called off.")
        if not self._move(OrderStatus.CONFIRMED):
            return
        self._pay(PaymentStatus.AUTHORISED)
        self.payment_reference, self.action_url = reference, None
        self._tell(at, f"Payment of {self.total} authorised; the order is confirmed.")
        books = {str(book): count for book, count in self.copies().items()}
        self._record(OrderConfirmed(aggregate_id=self.id, occurred_at=at, user_id=self.user_id, books=books))

    def decline(self, reason: str, at: datetime) -> None:
        """The payment was refused: nothing was taken, the books go back to the shelf."""
        if not self.ended_without_books and self._move(OrderStatus.DECLINED):
            self._pay(PaymentStatus.DECLINED)
            self._end(reason, at)

    def expire(self, at: datetime) -> None:
        """The reader did not confirm the payment in time."""
        if not self.ended_without_books and self._move(OrderStatus.EXPIRED):
            self._pay(PaymentStatus.RELEASED)
            self._end("The payment was not confirmed in time; nothing was charged.", at)

    def cancel(self, reason: str, at: datetime) -> None:
        """Called off before the parcel left; the money is free again."""
        if self.ended_without_books:
            return
        self.ensure_cancellable()
        if self._move(OrderStatus.CANCELLED):
            if self.payment is not PaymentStatus.DECLINED:
                self._pay(PaymentStatus.RELEASED)
            self._end(reason, at)

    def ensure_cancellable(self) -> None:
        """Raise `TooLateToCancel` once the parcel has left or the order has ended otherwise."""
        if self.fulfilment in _NO_LONGER_CANCELLABLE or self.ended:
            raise TooLateToCancel("This order can no longer be cancelled; ask for a return instead.")

    def book_parcel(self, tracking_number: str, at: datetime) -> None:
        """The carrier will come for the parcel."""
        if self._fulfil(FulfilmentStatus.BOOKED):
            self.tracking_number = tracking_number
            self._tell(at, f"The carrier will collect your parcel (tracking number {tracking_number}).")

    def dispatch(self, at: datetime) -> None:
        """The parcel has left the house."""
        if self._fulfil(FulfilmentStatus.DISPATCHED):
            self._tell(at, "Your parcel has left.")
            self._record(OrderDispatched(aggregate_id=self.id, occurred_at=at))

    def capture(self, at: datetime) -> None:
        """The reserved money was taken."""
        if self._pay(PaymentStatus.CAPTURED):
            self._tell(at, f"Payment of {self.total} taken.")
            self._record(PaymentCaptured(aggregate_id=self.id, occurred_at=at, amount=self.total))

    def deliver(self, at: datetime) -> None:
        """The reader has the books: paid and delivered, the order is complete."""
        if self._fulfil(FulfilmentStatus.DELIVERED):
            words = "Your e-books were delivered." if self.digital else "Your parcel was delivered."
            self._tell(at, words)
        if self._move(OrderStatus.COMPLETED):
            self._record(OrderCompleted(aggregate_id=self.id, occurred_at=at))

    def park(self, reason: str, at: datetime) -> None:
        """Nobody but a person can go on from here; the order waits for an operator, nothing is lost."""
        if self.needs_attention != reason:
            self.needs_attention = reason
            self._tell(at, f"Our staff is looking after this order: {reason}", TimelineKind.ATTENTION)

    def resume(self, note: str, at: datetime) -> None:
        """An operator has dealt with what parked the order."""
        if self.needs_attention is not None:
            self.needs_attention = None
            self._tell(at, note, TimelineKind.ATTENTION)

    def note(self, kind: TimelineKind, text: str, at: datetime) -> None:
        """Add a sentence to the story without a change of state."""
        self._tell(at, text, kind)

    # -- refunds -------------------------------------------------------------------------------------

    def request_refund(self, refund: Refund) -> None:
        """Staff gives money back, per line and to the cent; never more than was paid for it."""
        if self.payment not in {PaymentStatus.CAPTURED, PaymentStatus.PARTIALLY_REFUNDED}:
            raise NothingToRefund("No money of this order has been taken, so none can be given back.")
        if not refund.lines:
            raise NothingToRefund("All the money of this order is on its way back already.")
        for line in refund.lines:
            left = self.refundable(line.book_id)
            if left < line.amount or line.amount.amount <= 0:
                raise RefundTooLarge(f"At most {left} can be refunded here.", left=left.amount)
        self.refunds.append(refund)
        self._tell(refund.requested_at, f"A refund of {refund.amount} is on its way: {refund.reason}")
        self._record(
            RefundRequested(
                aggregate_id=self.id,
                occurred_at=refund.requested_at,
                refund_id=refund.id,
                amount=refund.amount,
            )
        )

    def refundable(self, book_id: BookId | None) -> Money:
        """What is left to give back for a book (None: for the shipping)."""
        if book_id is None:
            paid = self.shipping + self.shipping_tax
        else:
            paid = total((line.total for line in self.lines if line.book_id == book_id), self.currency)
        return paid - asked_back(self.refunds, book_id, self.currency)

    def settle_refund(self, refund: Refund, at: datetime, *, succeeded: bool) -> None:
        """The provider's answer to a refund."""
        if not (refund.succeed() if succeeded else refund.fail()):
            return
        if not succeeded:
            self._tell(at, f"The refund of {refund.amount} did not go through.", TimelineKind.ATTENTION)
            return
        done = (r.amount for r in self.refunds if r.status is RefundStatus.SUCCEEDED)
        everything = total(done, self.currency) == self.total
        self._pay(PaymentStatus.REFUNDED if everything else PaymentStatus.PARTIALLY_REFUNDED)
        self._tell(at, f"{refund.amount} went back to you.")
        self._record(
            OrderRefunded(aggregate_id=self.id, occurred_at=at, refund_id=refund.id, amount=refund.amount)
        )

    # -- the mechanics -------------------------------------------------------------------------------

    def drain_story(self) -> list[TimelineEntry]:
        """Hand over the sentences told since the last save, oldest first."""
        story, self._story = self._story, []
        return story

    def _end(self, reason: str, at: datetime) -> None:
        if self.fulfilment is not FulfilmentStatus.CANCELLED:
            self._fulfil(FulfilmentStatus.CANCELLED)
        self.action_url, self.ended_because = None, reason
        self._tell(at, reason, TimelineKind.COMPENSATION)
        self._record(
            OrderEnded(aggregate_id=self.id, occurred_at=at, status=self.status.value, reason=reason)
        )

    def _tell(self, at: datetime, text: str, kind: TimelineKind = TimelineKind.STEP) -> None:
        self._story.append(TimelineEntry(at, kind, text))
