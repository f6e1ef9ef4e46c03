"""A bet: what one reader staked on one answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.bets.errors import BetNotFound, MarketCannotMove
from domain.bets.parimutuel import Stake
from domain.shared.ids import BetId, ClubId, MarketId, MeetingId, UserId


class BetStatus(StrEnum):
    """Whether it still runs. What it won is told by the market it stood on."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    SCRATCHED = "scratched"  # its horse left before the lock


@dataclass(kw_only=True, slots=True)
class Bet:
    """`horse` is the reader it backs in a race, or a side. `of_balance` is what its bettor had, the stake
    included: how much of that was risked tells how sure they were.
    """

    id: BetId
    market_id: MarketId
    meeting_id: MeetingId
    club_id: ClubId
    bettor: UserId
    horse: str
    amount: int
    of_balance: int
    placed_at: datetime
    status: BetStatus = BetStatus.STANDING
    ended_at: datetime | None = None

    @property
    def stake(self) -> Stake:
        """For the settlement."""
        return Stake(self.id, self.bettor, self.horse, self.amount)

    def demand_bettor(self, reader: UserId) -> None:
        """Raise `BetNotFound` for everybody else."""
        if reader != self.bettor:
            raise BetNotFound("There is no such bet.")

    def withdraw(self, at: datetime) -> bool:
        """Its bettor takes it back; False on a repetition."""
        return self._end(BetStatus.WITHDRAWN, at)

    def scratch(self, at: datetime) -> bool:
        """Its horse will not run; False on a repetition."""
        return self._end(BetStatus.SCRATCHED, at)

    def _end(self, status: BetStatus, at: datetime) -> bool:
        if self.status is status:
            return False
        if self.status is not BetStatus.STANDING:
            raise MarketCannotMove(f"The bet was {self.status} before.")
        self.status, self.ended_at = status, at
        return True
