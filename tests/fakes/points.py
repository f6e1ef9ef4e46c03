"""The books of points in memory, with their read side."""

from collections.abc import Sequence
from itertools import count

from application.points.views import PointsLine
from domain.points.account import Account
from domain.points.errors import NotEnoughPoints
from domain.points.ledger import Transaction, balances, covers
from domain.shared.ids import UserId, WorkId


class InMemoryPoints:
    """The `PointsLedger` and the `PointsViews` port in one."""

    def __init__(self) -> None:
        self.booked: dict[str, Transaction] = {}
        self._balances: dict[Account, int] = {}

    async def post(self, transaction: Transaction) -> bool:
        if transaction.key in self.booked:
            return False
        for entry in transaction.entries:
            if not covers(self._balances.get(entry.account, 0), entry, transaction.movement):
                raise NotEnoughPoints("There are not enough points for that.")
        self.booked[transaction.key] = transaction
        for entry in transaction.entries:
            self._balances[entry.account] = self._balances.get(entry.account, 0) + entry.amount
        return True

    async def touching(self, account: Account, prefix: str) -> Sequence[Transaction]:
        return [
            transaction
            for key, transaction in self.booked.items()
            if key.startswith(prefix) and any(entry.account == account for entry in transaction.entries)
        ]

    async def balance(self, account: Account | UserId) -> int:
        of = account if isinstance(account, Account) else Account.of_reader(account)
        return self._balances.get(of, 0)

    async def lines(self, reader: UserId, *, before: int | None, limit: int) -> Sequence[PointsLine]:
        mine = [
            PointsLine(
                number=number,
                at=transaction.at,
                amount=entry.amount,
                movement=transaction.movement,
                reason=transaction.reason,
                key=transaction.key,
                reverses=transaction.reverses,
            )
            for number, transaction in zip(count(1), self.booked.values(), strict=False)
            for entry in transaction.entries
            if entry.account == Account.of_reader(reader) and (before is None or number < before)
        ]
        return mine[::-1][:limit]

    def adds_up(self) -> bool:
        """Everything is the sum of its entries, and nothing in all."""
        found = balances(self.booked.values())
        return found == self._balances and sum(found.values()) == 0


class InMemoryReadingMarks:
    """The `ReadingMarks` port."""

    def __init__(self) -> None:
        self._paid: dict[tuple[UserId, WorkId], int] = {}

    async def paid(self, reader: UserId, work: WorkId) -> int:
        return self._paid.get((reader, work), 0)

    async def pay(self, reader: UserId, work: WorkId, points: int) -> None:
        self._paid[reader, work] = points
