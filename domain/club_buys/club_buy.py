"""A club buy: one edition that members of a club wait for together, each at a price of her own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from domain.club_buys.errors import ClubBuyIsOver
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId
from domain.shared.isbn import Isbn

LONGEST: Final = timedelta(days=365)  # a club that waits longer reads something else


@dataclass(frozen=True, slots=True)
class Share:
    """One reader's part in it: the watch that waits for her, with her cap, payment and address, and buys one
    copy. The club buy itself knows none of these.
    """

    buy_id: ClubBuyId
    reader: UserId
    watch_id: WatchId
    joined_at: datetime


@dataclass(kw_only=True, slots=True)
class ClubBuy:
    """`until` is the latest date of every watch in it; `closed_at` when a host let nobody join any more."""

    id: ClubBuyId
    club_id: ClubId
    isbn: Isbn
    opened_by: UserId
    opened_at: datetime
    until: datetime
    closed_at: datetime | None = None

    @classmethod
    def open(
        cls, buy_id: ClubBuyId, club_id: ClubId, isbn: Isbn, by: UserId, *, until: datetime, at: datetime
    ) -> Self:
        """Raises `InvalidInput`."""
        if not at < until <= at + LONGEST:
            raise InvalidInput("latest_date", "A club buy ends in the future, in a year at the latest.")
        return cls(id=buy_id, club_id=club_id, isbn=isbn, opened_by=by, opened_at=at, until=until)

    def is_over(self, at: datetime) -> bool:
        """Nobody joins any more."""
        return self.closed_at is not None or at >= self.until

    def demand_open(self, at: datetime) -> None:
        """Raise `ClubBuyIsOver`."""
        if self.is_over(at):
            raise ClubBuyIsOver

    def close(self, at: datetime) -> None:
        """Nobody joins from here on; repeating it changes nothing."""
        if not self.is_over(at):
            self.closed_at = at
