"""What clients get back about points."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from application.points.views import PointsLine, PointsStatement

NO_CASH_VALUE: Final = (
    "Points are a game: they have no cash value, cannot be bought, sold or passed on, and pay for nothing."
)


class PointsEntry(Struct, frozen=True, kw_only=True):
    """One movement of the balance. `kind`: grant, burn, stake, stake_back, payout or reversal; `reference`
    names it for ever, `reverses` what it undid.
    """

    at: datetime
    amount: int
    kind: str
    reason: str
    reference: str
    reverses: str | None

    @classmethod
    def of(cls, line: PointsLine) -> "PointsEntry":
        """In the words of the API."""
        return cls(
            at=line.at,
            amount=line.amount,
            kind=line.movement.value,
            reason=line.reason,
            reference=line.key,
            reverses=line.reverses,
        )


class PointsAnswer(Struct, frozen=True, kw_only=True):
    """The balance and what led to it, newest first; `next` is the cursor of the following page."""

    balance: int
    entries: Sequence[PointsEntry]
    next: str | None
    notice: str = NO_CASH_VALUE

    @classmethod
    def of(cls, statement: PointsStatement) -> "PointsAnswer":
        """In the words of the API."""
        older = None if statement.older is None else str(statement.older)
        entries = [PointsEntry.of(line) for line in statement.lines]
        return cls(balance=statement.balance, entries=entries, next=older)
