"""Points as their reader sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.points.ledger import Movement
from domain.shared.ids import UserId

LONGEST_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """What one transaction did to the balance. `number` rises with time; `key` names the transaction for
    ever, `reverses` the one it undid.
    """

    number: int
    at: datetime
    amount: int
    movement: Movement
    reason: str
    key: str
    reverses: str | None


@dataclass(frozen=True, slots=True)
class PointsStatement:
    """The balance, and what led to it, newest first; `older` is where the next page begins."""

    balance: int
    lines: Sequence[PointsLine]
    older: int | None


class PointsViews(Protocol):
    """Reads only. May raise `DatabaseUnavailable`."""

    async def balance(self, reader: UserId) -> int:
        """What the reader has now."""
        ...

    async def lines(self, reader: UserId, *, before: int | None, limit: int) -> Sequence[PointsLine]:
        """Newest first, those with numbers below `before`."""
        ...
