"""Points that staff mints or burns, on the shop's own machines."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from application.shared.unit_of_work import UnitOfWork
from domain.points.account import Account
from domain.points.grants import staff_burn, staff_grant
from domain.points.ledger import Transaction
from domain.shared.clock import Clock
from domain.shared.ids import IdSource, UserId
from domain.users.email import EmailAddress

Booking = Callable[[str, UserId, int, str, datetime], Transaction]
_KEY: Final = "by-hand"


class GrantPoints:
    """Staff mints points for a reader, on the books, with a reason that the reader sees."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, ids: IdSource) -> None:
        self._by_hand = _ByHand(unit_of_work, clock, ids, staff_grant)

    async def __call__(self, email: EmailAddress, amount: int, reason: str) -> int:
        """Returns the new balance; raises `NoSuchUser`, `InvalidInput`."""
        return await self._by_hand(email, amount, reason)


class BurnPoints:
    """Staff takes points away for good, on the books, with a reason that the reader sees; never more than the
    reader has.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, ids: IdSource) -> None:
        self._by_hand = _ByHand(unit_of_work, clock, ids, staff_burn)

    async def __call__(self, email: EmailAddress, amount: int, reason: str) -> int:
        """Returns the new balance; raises `NoSuchUser`, `NotEnoughPoints`, `InvalidInput`."""
        return await self._by_hand(email, amount, reason)


class _ByHand:
    def __init__(self, unit_of_work: UnitOfWork, clock: Clock, ids: IdSource, booking: Booking) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._ids = ids
        self._booking = booking

    async def __call__(self, email: EmailAddress, amount: int, reason: str) -> int:
        async with self._unit_of_work() as work:
            reader = (await work.users.find(email)).id
            key = f"{_KEY}:{self._ids.new()}"
            await work.points.post(self._booking(key, reader, amount, reason, self._clock.now()))
            return await work.points.balance(Account.of_reader(reader))
