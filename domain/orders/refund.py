"""A refund: its own small state machine; only success moves money totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.orders.errors import IllegalMove
from domain.shared.ids import BookId, OrderId, RefundId
from domain.shared.money import Money, total


class RefundStatus(StrEnum):
    """Where a refund stands."""

    REQUESTED = "requested"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


REFUND_MOVES: Final[Mapping[RefundStatus, frozenset[RefundStatus]]] = {
    RefundStatus.REQUESTED: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED}),
    RefundStatus.SUCCEEDED: frozenset(),
    RefundStatus.FAILED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class RefundLine:
    """Money given back for one line; `book_id` None stands for the shipping."""

    book_id: BookId | None
    amount: Money


@dataclass(slots=True)
class Refund:
    """Money on its way back for named lines. `key` is the staff request's own idempotency key."""

    id: RefundId
    order_id: OrderId
    key: str
    lines: tuple[RefundLine, ...]
    amount: Money
    reason: str
    requested_at: datetime
    status: RefundStatus = RefundStatus.REQUESTED

    def succeed(self) -> bool:
        """The provider gave the money back. True the first time, False on a replay."""
        return self._move(RefundStatus.SUCCEEDED)

    def fail(self) -> bool:
        """The provider will not: the money counts as never having been asked back."""
        return self._move(RefundStatus.FAILED)

    def _move(self, status: RefundStatus) -> bool:
        if status is self.status:
            return False
        if status not in REFUND_MOVES[self.status]:
            raise IllegalMove(f"A refund that {self.status} cannot become {status}.")
        self.status = status
        return True


def asked_back(refunds: Iterable[Refund], book_id: BookId | None, currency: str) -> Money:
    """What refunds that did not fail give back, or will, for a book (None: for the shipping)."""
    shares = (
        line.amount
        for refund in refunds
        if refund.status is not RefundStatus.FAILED
        for line in refund.lines
        if line.book_id == book_id
    )
    return total(shares, currency)
