"""The purchase: a book that a reader wants at a price or less, bought once at the store that asks least."""

from dataclasses import dataclass
from datetime import datetime

from domain.purchases.at_store import AtStore
from domain.purchases.errors import PurchaseCannotMove, TooLateToCancelPurchase
from domain.purchases.events import (
    PurchaseCaptured,
    PurchaseEnded,
    PurchaseFinished,
    PurchaseReceived,
    PurchaseRefunded,
)
from domain.purchases.status import (
    ENDED_WITHOUT_BOOK,
    TERMINAL,
    MoneyStatus,
    PurchaseStatus,
    StoreStatus,
)
from domain.shared.ids import UserId
from domain.shared.money import Money
from domain.shared.timeline import TimelineKind


@dataclass(kw_only=True, slots=True)
class Purchase(AtStore):
    """Verbs may be repeated; a move that the tables do not allow raises `PurchaseCannotMove`. The maximum is
    absolute: no verb lets more than it be held, taken or agreed to.

    Personal data (address, payment token) lives beside the purchase, sealed, never in it.
    """

    user_id: UserId
    conditions: frozenset[str]
    received_at: datetime
    cap_reserved_at: datetime | None = None
    captures_refused: int = 0
    action_url: str | None = None
    ended_because: str | None = None

    # -- what it is ----------------------------------------------------------------------------------

    @property
    def ended(self) -> bool:
        """Nothing drives it any further."""
        return self.status in TERMINAL

    @property
    def ended_without_book(self) -> bool:
        """The first reason that was said stands."""
        return self.status in ENDED_WITHOUT_BOOK

    @property
    def counts(self) -> Money:
        """What stands against the reader's caps: the maximum while it is on its way, then what was kept."""
        if self.captured is not None:
            return self.kept
        on_its_way = self.cap_reserved_at is not None and not self.ended
        return self.max_price if on_its_way else Money.zero(self.max_price.currency)

    # -- its story -----------------------------------------------------------------------------------

    def receive(self) -> None:
        """It is written down, and must reach an end."""
        self._tell(self.received_at, f"You want {self.isbn} for {self.max_price} or less.")
        self._record(
            PurchaseReceived(
                aggregate_id=self.id,
                occurred_at=self.received_at,
                user_id=self.user_id,
                isbn=self.isbn.value,
                maximum=self.max_price,
            )
        )

    def reserve_cap(self, at: datetime) -> None:
        """The maximum counts against the reader's caps from here on."""
        if self._move(PurchaseStatus.CAP_RESERVED):
            self.cap_reserved_at = at
            self._tell(at, f"{self.max_price} is set aside within your caps.")

    def require_action(self, reference: str, url: str, at: datetime) -> None:
        """The reader's bank wants a confirmation (3-D Secure) before it reserves the money."""
        if self._pay(MoneyStatus.ACTION_REQUIRED):
            self.payment_reference, self.action_url = reference, url
            self._tell(at, "Your bank asks you to confirm the payment.")

    def authorise(self, reference: str, at: datetime) -> None:
        """The maximum is reserved at the reader's bank."""
        if self._move(PurchaseStatus.AUTHORISED):
            self._hold(reference, at)
            self.action_url = None
            self._tell(at, f"Your bank has reserved {self.max_price}; what the book costs less is released.")

    def ensure_cancellable(self) -> None:
        """Raise `TooLateToCancelPurchase` once the order has gone to the store, or the purchase has ended."""
        if self.ended or self.store in {StoreStatus.ASKED, StoreStatus.PLACED}:
            raise TooLateToCancelPurchase("This purchase can no longer be cancelled.")

    def capture(self, at: datetime) -> None:
        """What the store charges was taken, the rest of the reserved money is free again."""
        if self.discrepancy is not None and self.captured is None:
            raise PurchaseCannotMove("The store did not keep to what was agreed: nothing is taken.")
        if self._move(PurchaseStatus.CAPTURED):
            self._take(at)
            self._tell(at, f"{self.kept} was taken, {self.max_price - self.kept} released.")
            self._record(
                PurchaseCaptured(
                    aggregate_id=self.id,
                    occurred_at=at,
                    user_id=self.user_id,
                    isbn=self.isbn.value,
                    store=self.agreed.store,
                    amount=self.kept,
                )
            )

    def refuse_capture(self) -> None:
        """The provider would not: the next try needs another key, for it repeats its answer to this one."""
        self.captures_refused += 1

    def void(self, at: datetime) -> None:
        """Nothing is held any more, and nothing taken."""
        if self.money not in {MoneyStatus.VOIDED, MoneyStatus.REFUNDED}:
            self._let_go(at)

    def refund(self, amount: Money, at: datetime) -> None:
        """Money went back because the store took less, or did not keep to what was agreed."""
        if amount and amount <= self.refund_due:
            self._give_back(amount, at)
            self._tell(at, f"{amount} went back to you.", TimelineKind.COMPENSATION)
            self._record(
                PurchaseRefunded(aggregate_id=self.id, occurred_at=at, user_id=self.user_id, amount=amount)
            )

    def finish(self, at: datetime) -> None:
        """Bought, paid for, and the store's books agree."""
        if self._move(PurchaseStatus.DONE):
            self._bear(self._loss, at)
            self._tell(at, f"The books agree: {self.isbn} for {self.kept}.")
            self._record(
                PurchaseFinished(
                    aggregate_id=self.id,
                    occurred_at=at,
                    user_id=self.user_id,
                    isbn=self.isbn.value,
                    amount=self.kept,
                )
            )

    def end(self, ending: PurchaseStatus, reason: str, at: datetime) -> None:
        """There will be no book; the first ending stands."""
        if self.ended_without_book or not self._move(ending):
            return
        self.action_url, self.ended_because = None, reason
        self._tell(at, reason, TimelineKind.COMPENSATION)
        self._record(
            PurchaseEnded(
                aggregate_id=self.id,
                occurred_at=at,
                user_id=self.user_id,
                isbn=self.isbn.value,
                status=self.status.value,
                reason=reason,
            )
        )
