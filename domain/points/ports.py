"""What the shop needs to keep points."""

from collections.abc import Sequence
from typing import Protocol

from domain.points.account import Account
from domain.points.ledger import Transaction
from domain.shared.ids import UserId, WorkId


class PointsLedger(Protocol):
    """Append-only. Accounts are opened by their first entry."""

    async def post(self, transaction: Transaction) -> bool:
        """Write it; False when its key was booked before, and then nothing is written. Raises
        `NotEnoughPoints`. The accounts stay locked until the unit of work ends.
        """
        ...

    async def balance(self, account: Account) -> int:
        """What is on it now; nobody else changes it until the unit of work ends."""
        ...

    async def touching(self, account: Account, prefix: str) -> Sequence[Transaction]:
        """Every transaction with an entry of the account whose key begins so, whole, oldest first."""
        ...


class ReadingMarks(Protocol):
    """How many points a reader's reading of a work has earned so far."""

    async def paid(self, reader: UserId, work: WorkId) -> int:
        """Zero at first; nobody else pays for the same until the unit of work ends."""
        ...

    async def pay(self, reader: UserId, work: WorkId, points: int) -> None:
        """So many in all from now on."""
        ...
