"""Bets as readers see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.bets.bet import Bet
from domain.bets.card import RaceCard
from domain.bets.explanation import Explanation
from domain.bets.market import Market
from domain.shared.ids import BetId, ClubId, MeetingId, UserId

LONGEST_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketView:
    """A market, with what stands on each horse and what a point would return now, in hundredths."""

    market: Market
    bettors: int
    backed: Mapping[str, int]
    odds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CardView:
    """The markets of a meeting, and whether and why they are locked; None: nobody has bet yet."""

    card: RaceCard | None
    markets: Sequence[MarketView]


@dataclass(frozen=True, slots=True, kw_only=True)
class BetView:
    """A bet with its market, and why its bettor got what they got, once that is known."""

    bet: Bet
    market: Market
    explanation: Explanation | None


class BettingViews(Protocol):
    """The read side: never used to decide a change."""

    async def club_of(self, meeting_id: MeetingId) -> ClubId:
        """Raises `MeetingNotFound`."""
        ...

    async def card(self, meeting_id: MeetingId) -> CardView:
        """Empty where nobody has bet."""
        ...

    async def bet(self, bet_id: BetId) -> BetView:
        """Raises `BetNotFound`."""
        ...

    async def of_reader(
        self, reader: UserId, *, meeting_id: MeetingId | None, before: BetId | None, limit: int
    ) -> Sequence[BetView]:
        """Newest first."""
        ...

    async def unfinished(self, now: datetime, *, after: MeetingId | None, limit: int) -> Sequence[MeetingId]:
        """Meetings whose process should be running: those ahead, and those with a market left to end."""
        ...
