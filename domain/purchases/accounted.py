"""The money of a purchase: each amount is changed together with the line of the ledger that explains it."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.purchases.ledger import LedgerLine, Movement
from domain.purchases.status import MoneyStatus, StoreStatus
from domain.purchases.storied import Storied
from domain.shared.ids import PurchaseId
from domain.shared.money import Money


@dataclass(kw_only=True, slots=True)
class Accounted(Storied):
    """`captured` was taken from the reader, `refunded` of it went back, `charged` is what the store takes and
    does not give back. None: that has not happened.
    """

    id: PurchaseId
    max_price: Money
    payment_reference: str | None = None
    captured: Money | None = None
    refunded: Money | None = None
    charged: Money | None = None
    version: int = 0
    _lines: list[LedgerLine] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def kept(self) -> Money:
        """What of the reader's money was taken and has not gone back."""
        return (self.captured or self._nothing) - (self.refunded or self._nothing)

    @property
    def refund_due(self) -> Money:
        """What goes back to the reader: all that was taken above what the store takes for a book it sends."""
        costs = self._store_keeps if self.store is StoreStatus.PLACED else self._nothing
        return self._nothing if self.kept <= costs else self.kept - costs

    @property
    def _nothing(self) -> Money:
        return Money.zero(self.max_price.currency)

    @property
    def _store_keeps(self) -> Money:
        return self.charged or self._nothing

    def drain_lines(self) -> list[LedgerLine]:
        """Hand over the lines written since the last save, oldest first."""
        lines, self._lines = self._lines, []
        return lines

    def _hold(self, reference: str, at: datetime) -> None:
        if self._pay(MoneyStatus.AUTHORISED):
            self.payment_reference = reference
            self._post(Movement.AUTHORISED, self.max_price, reference, at)

    def _take(self, at: datetime) -> None:
        if not self._pay(MoneyStatus.CAPTURED):
            return
        self.captured = self._store_keeps
        self._post(Movement.CAPTURED, self.captured, self.payment_reference, at)
        self._post(Movement.VOIDED, self.max_price - self.captured, self.payment_reference, at)

    def _let_go(self, at: datetime) -> None:
        """Nothing stays held or taken, whatever there was."""
        if self.money in {MoneyStatus.CAPTURED, MoneyStatus.PARTLY_REFUNDED}:
            self._give_back(self.kept, at)
            return
        held = self.money is MoneyStatus.AUTHORISED
        if self.money is not MoneyStatus.REFUNDED and self._pay(MoneyStatus.VOIDED) and held:
            self._post(Movement.VOIDED, self.max_price, self.payment_reference, at)

    def _give_back(self, amount: Money, at: datetime) -> None:
        everything = amount == self.kept
        self._pay(MoneyStatus.REFUNDED if everything else MoneyStatus.PARTLY_REFUNDED)
        self.refunded = amount + (self.refunded or self._nothing)
        self._post(Movement.REFUNDED, amount, self.payment_reference, at)

    def _charge(self, charged: Money, reference: str | None, at: datetime) -> None:
        """The store says what it takes in all: what it took or gave back since the last time is booked."""
        before = self._store_keeps
        if before < charged:
            self._post(Movement.STORE_PAID, charged - before, reference, at)
        else:
            self._post(Movement.STORE_REFUNDED, before - charged, reference, at)
        self.charged = charged

    @property
    def _loss(self) -> Money:
        """What the store takes above what the reader pays."""
        return self._nothing if self._store_keeps <= self.kept else self._store_keeps - self.kept

    def _bear(self, loss: Money, at: datetime, *, borne: Money | None = None) -> None:
        """What the store takes and the reader does not owe is ours; so much of it was `borne` before."""
        before = borne or self._nothing
        if before < loss:
            self._post(Movement.WRITTEN_OFF, loss - before, None, at)
        else:
            self._post(Movement.RECOVERED, before - loss, None, at)

    def _post(self, movement: Movement, amount: Money, reference: str | None, at: datetime) -> None:
        if amount:
            key = f"{self.id}-{self.version}-{movement}"  # of each kind at most one in a change
            self._lines.append(LedgerLine(self.id, key, movement, amount, reference, at))
