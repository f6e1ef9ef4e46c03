"""Every point, double entry: a transaction sums to zero, is never changed, and is undone by its reverse."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.points.account import Account, AccountKind
from domain.points.errors import BooksDoNotBalance


class Movement(StrEnum):
    """What happened."""

    GRANT = "grant"
    BURN = "burn"
    STAKE = "stake"
    STAKE_BACK = "stake_back"  # withdrawn, scratched, or the market is void: the exact stake
    PAYOUT = "payout"  # the market is settled: a winner's stake and share
    REVERSAL = "reversal"


# From which kind of account each movement takes, and to which it gives. A reversal goes back the same way.
ROUTES: Final[Mapping[Movement, tuple[AccountKind, AccountKind]]] = {
    Movement.GRANT: (AccountKind.MINT, AccountKind.READER),
    Movement.BURN: (AccountKind.READER, AccountKind.BURN),
    Movement.STAKE: (AccountKind.READER, AccountKind.MARKET),
    Movement.STAKE_BACK: (AccountKind.MARKET, AccountKind.READER),
    Movement.PAYOUT: (AccountKind.MARKET, AccountKind.READER),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one account gains (or loses, if negative) in a transaction."""

    account: Account
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """All of it or nothing. `key` is unique: the same thing is never booked twice. `reason` is shown to the
    reader; `reverses` is the key of what this one undoes.
    """

    key: str
    movement: Movement
    reason: str
    at: datetime
    entries: tuple[Entry, ...]
    reverses: str | None = None

    def __post_init__(self) -> None:
        if sum(entry.amount for entry in self.entries) != 0:
            raise BooksDoNotBalance(f"The entries of {self.key} do not add up to zero.")
        if not self.entries or any(entry.amount == 0 for entry in self.entries):
            raise BooksDoNotBalance(f"{self.key} moves nothing, or an entry of it does.")
        if len({entry.account for entry in self.entries}) < len(self.entries):
            raise BooksDoNotBalance(f"{self.key} has two entries of one account.")
        if (self.reverses is None) != (self.movement is not Movement.REVERSAL):
            raise BooksDoNotBalance(f"{self.key} must be a reversal of something, or of nothing.")
        if self.movement is not Movement.REVERSAL:
            self._demand_route()

    def _demand_route(self) -> None:
        taken, given = ROUTES[self.movement]
        for entry in self.entries:
            if entry.account.kind is not (given if entry.amount > 0 else taken):
                raise BooksDoNotBalance(f"{self.key}: a {self.movement} goes from {taken} to {given}.")

    def reverse(self, reason: str, at: datetime) -> "Transaction":
        """What puts every account back to where it was; a reversal stands, and is not reversed itself."""
        if self.movement is Movement.REVERSAL:
            raise BooksDoNotBalance(f"{self.key} is a reversal already: book the right thing anew.")
        return Transaction(
            key=f"{self.key}:reversed",
            movement=Movement.REVERSAL,
            reason=reason,
            at=at,
            entries=tuple(Entry(entry.account, -entry.amount) for entry in self.entries),
            reverses=self.key,
        )


def transfer(
    key: str,
    movement: Movement,
    amount: int,
    *,
    taken_from: Account,
    given_to: Account,
    reason: str,
    at: datetime,
) -> Transaction:
    """From one account to one other."""
    entries = (Entry(taken_from, -amount), Entry(given_to, amount))
    return Transaction(key=key, movement=movement, reason=reason, at=at, entries=entries)


def covers(balance: int, entry: Entry, movement: Movement) -> bool:
    """Whether the account may change so. Nobody falls below zero, but the mint, whose debt is what was
    minted; and but by a reversal, which must not fail because what was won by mistake is spent. Whoever is
    below zero only rises until the debt is paid.
    """
    unlimited = entry.account.kind is AccountKind.MINT or movement is Movement.REVERSAL
    return unlimited or entry.amount > 0 or balance + entry.amount >= 0


def balances(transactions: Iterable[Transaction]) -> dict[Account, int]:
    """What the transactions leave on each account they touch; zero in all."""
    found: defaultdict[Account, int] = defaultdict(int)
    for transaction in transactions:
        for entry in transaction.entries:
            found[entry.account] += entry.amount
    return dict(found)
